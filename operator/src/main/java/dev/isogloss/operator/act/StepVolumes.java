package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.data.Location;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFileBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The volumes of a pod: the step's files at /step, claims with data at /claims/NAME (read-only), the store at
/// /store, and /tmp, the only other place it may write to. A store in a bucket needs no volume but /scratch, where
/// the pod works; it may be lost with the pod.
final class StepVolumes {
    static final String SPEC = "/step/spec.json";
    static final String LOCATIONS = "/step/locations.json";
    static final String FOLLOW_UPS = "/step/follow-ups.json";
    private static final String STORE = "/store";
    static final String SCRATCH = "/scratch";

    private static final Set<String> OWN = Set.of("step", "tmp", "scratch");

    private final @Nullable String storeClaim;
    private final String store;
    private final SortedSet<String> claims;
    private final boolean hasFollowUps;
    private final OperatorSettings.Trainer trainer;

    StepVolumes(TrainingStepSpec spec, OperatorSettings.Trainer trainer) {
        Location storage = spec.storage().location();
        this.storeClaim = storage.claim();
        this.store = storage.claim() == null
                ? Objects.requireNonNullElse(storage.uri(), STORE)
                : storage.path() == null ? STORE : STORE + "/" + storage.path();
        this.claims = spec.locations().claims();
        this.hasFollowUps = !spec.followUps().isEmpty();
        this.trainer = trainer;
    }

    static String folder(String claim) {
        return "/claims/" + claim;
    }

    /// Names of the claims that inputs lie in.
    List<String> claims() {
        return List.copyOf(claims);
    }

    /// The value of `--store`: a folder of the mounted claim, or an address.
    String store() {
        return store;
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("step")
                .withNewDownwardAPI()
                .withItems(files())
                .endDownwardAPI()
                .build());
        volumes.add(empty("tmp", trainer.temporarySpace()));
        if (isBucket()) volumes.add(empty("scratch", trainer.scratchSpace()));
        SortedSet<String> all = new TreeSet<>(claims);
        if (storeClaim != null) all.add(storeClaim);
        for (String claim : all) volumes.add(volume(claim));
        return volumes;
    }

    private List<DownwardAPIVolumeFile> files() {
        List<DownwardAPIVolumeFile> files =
                new ArrayList<>(List.of(file("spec.json", Labels.SPEC), file("locations.json", Labels.LOCATIONS)));
        if (hasFollowUps) files.add(file("follow-ups.json", Labels.FOLLOW_UPS));
        return files;
    }

    /// True if the store is reached over the network and not mounted.
    boolean isBucket() {
        return storeClaim == null;
    }

    private static Volume empty(String name, Optional<String> limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(limit.map(Quantity::new).orElse(null))
                .endEmptyDir()
                .build();
    }

    /// One volume for one claim, also where it holds both data and results: some drivers mount a claim only once.
    private static Volume volume(String claim) {
        return new VolumeBuilder()
                .withName(name(claim))
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .build();
    }

    /// A claim's name may be as long as a volume's, so a prefix would not always fit.
    private static String name(String claim) {
        return OWN.contains(claim) ? "claim-" + claim : claim;
    }

    private static DownwardAPIVolumeFile file(String path, String annotation) {
        return new DownwardAPIVolumeFileBuilder()
                .withPath(path)
                .withNewFieldRef("v1", "metadata.annotations['%s']".formatted(annotation))
                .build();
    }

    List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("step", "/step", true));
        mounts.add(mount("tmp", "/tmp", false));
        if (isBucket()) mounts.add(mount("scratch", SCRATCH, false));
        for (String claim : claims) mounts.add(mount(name(claim), folder(claim), true));
        if (storeClaim != null) mounts.add(mount(name(storeClaim), STORE, false));
        return mounts;
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }
}
