package dev.isogloss.trainer.step.inputs;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.hub.Hub;
import dev.isogloss.trainer.hub.HubFailure;
import dev.isogloss.trainer.hub.HubReference;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.KeptEncoder;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Encoders of a hub: fetched by the first step that starts from one, and kept in the store for all others.
final class HubEncoders {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String WEIGHTS = "model.safetensors";

    private HubEncoders() {}

    /// @throws InvalidInput if the hub has no such encoder, or it is not the one that the store knows by this name
    static InputFolder folder(Identity encoder, Location location, StepInputs inputs) {
        HubReference reference = reference(location);
        Optional<KeptEncoder> kept =
                inputs.keptEncoder(encoder, reference.toString(), () -> fetched(reference, inputs));
        // Where the store keeps another one by this name, it says so when it is shown the files.
        InputFolder folder = kept.map(copy -> opened(copy.folder(), inputs))
                .orElseGet(() -> InputFolder.anywhere(
                        requireNonNull(fetched(reference, inputs).getFirst().getParent())));
        Map<String, String> found = EncoderFinder.sha256(folder, inputs);
        kept.ifPresent(copy -> requireUnchanged(copy, found));
        inputs.read(encoder, found);
        return folder;
    }

    /// A store holds files alone, the hub's cache links to them.
    private static InputFolder opened(Path folder, StepInputs inputs) {
        return folder.startsWith(inputs.hub().cache()) ? InputFolder.anywhere(folder) : InputFolder.closed(folder);
    }

    private static void requireUnchanged(KeptEncoder kept, Map<String, String> found) {
        kept.copy().files().forEach((name, file) -> {
            if (!file.sha256().equals(found.get(name)))
                throw new InvalidInput(
                        "%s is not what it was when the store was given it. Remove the folder %s, and the encoder is fetched again."
                                .formatted(kept.folder().resolve(name), kept.folder()));
        });
    }

    /// The files that are read of an encoder. Its small ones are looked at before the weights are fetched.
    private static List<Path> fetched(HubReference reference, StepInputs inputs) {
        Hub hub = new Hub(inputs.hub(), progress(inputs.journal()));
        check(reference, hub);
        InputFolder folder = InputFolder.anywhere(hub.fetch(reference).folder());
        boolean whole = folder.has(WEIGHTS);
        return EncoderFinder.files(folder).stream()
                .filter(name -> !whole || !name.contains(".safetensors") || name.equals(WEIGHTS))
                .map(name -> folder.path().resolve(name))
                .toList();
    }

    /// Looks at the small files of an encoder, unless the store keeps a copy, and leaves the weights where they are.
    ///
    /// A hub that cannot be reached says nothing of the encoder; it may answer when a step asks.
    ///
    /// @return what the hub says of it; null where it is not asked
    /// @throws InvalidInput if it is none, or cannot tokenise
    static @Nullable EncoderConfig check(
            EncoderOrigin.Published published, Location location, Store store, HubSettings settings) {
        HubReference reference = reference(location);
        Identity encoder = new Identity(Identity.Kind.Encoder, published.name(), published.version());
        boolean kept = store.encoders().stream()
                .anyMatch(each -> each.copy() != null
                        && each.copy().identity().equals(encoder)
                        && each.copy().source().equals(reference.toString()));
        if (kept) return null;
        try {
            return check(reference, new Hub(settings, (_, _, _) -> {}));
        } catch (HubFailure later) {
            return null;
        }
    }

    private static EncoderConfig check(HubReference reference, Hub hub) {
        InputFolder folder = InputFolder.anywhere(hub.describe(reference).folder());
        if (!folder.has(TOKENIZER))
            throw new InvalidInput(
                    "%s has no tokenizer.json, only a vocabulary of its own kind, if any. Write one where you trust the model: python -c \"from transformers import AutoModel, AutoTokenizer; m = '%s'; AutoModel.from_pretrained(m).save_pretrained('converted'); AutoTokenizer.from_pretrained(m).save_pretrained('converted')\", and use that folder."
                            .formatted(reference, reference.repository()));
        return EncoderOpener.checkDescription(folder);
    }

    private static HubReference reference(Location location) {
        return HubReference.parse(requireNonNull(location.uri()));
    }

    /// Names every file once, with its size.
    private static Hub.DownloadProgress progress(StepJournal journal) {
        Set<String> named = new HashSet<>();
        return (file, bytes, of) -> {
            if (named.add(file)) journal.note("fetching %s, %,d kB".formatted(file, of / 1000));
        };
    }
}
