package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The pod of a step, within the Pod Security Standard `restricted`. The step's JSON, up to 64 KiB, is too long for an
/// argument or a variable; it is an annotation of the pod, which the pod reads as a file. So are the steps that follow
/// it.
final class StepPod {
    private final TrainingStep step;
    private final TrainingStepSpec spec;
    private final PodOverrides overrides;
    private final OperatorSettings.Trainer trainer;
    private final StepVolumes volumes;
    private final boolean withoutDevice;

    private StepPod(TrainingStep step, OperatorSettings settings) {
        this.step = step;
        this.spec = step.getSpec();
        this.trainer = settings.trainer();
        this.overrides = PodDefaults.of(spec.runtime(), trainer);
        this.volumes = new StepVolumes(spec, trainer);
        this.withoutDevice = StepResources.isWithoutDevice(spec);
    }

    static PodTemplateSpec of(TrainingStep step, OperatorSettings settings) {
        return new StepPod(step, settings).template();
    }

    static Map<String, String> ownLabels(TrainingStep step) {
        return Map.of(
                Labels.NAME,
                Labels.TRAINER,
                Labels.MANAGED_BY,
                Labels.ISOGLOSS,
                Labels.STEP,
                step.getMetadata().getName(),
                Labels.KIND,
                step.getSpec().kind());
    }

    private PodTemplateSpec template() {
        Long user = trainer.user() == 0 ? null : trainer.user();
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(both(overrides.labels(), ownLabels(step)))
                .withAnnotations(both(overrides.annotations(), files()))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withServiceAccountName(Optional.ofNullable(overrides.serviceAccountName())
                        .orElse(trainer.serviceAccount().orElse(null)))
                .withImagePullSecrets(pullSecrets())
                .withNodeSelector(overrides.nodeSelector())
                .withTolerations(tolerations())
                .withPriorityClassName(overrides.priorityClassName())
                .withRuntimeClassName(overrides.runtimeClassName())
                .withSchedulerName(overrides.schedulerName())
                .withTerminationGracePeriodSeconds(trainer.grace().toSeconds())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(user)
                .withRunAsGroup(user)
                .withFsGroup(user)
                .withFsGroupChangePolicy(user == null ? null : "OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container())
                .withVolumes(volumes.volumes())
                .endSpec()
                .build();
    }

    private Container container() {
        ResourceRequirements resources = StepResources.of(spec.runtime(), withoutDevice, trainer);
        return new ContainerBuilder()
                .withName(Labels.CONTAINER)
                .withImage(Objects.requireNonNullElse(spec.runtime().image(), trainer.image()))
                .withImagePullPolicy(trainer.imagePullPolicy().orElse(null))
                .withArgs(arguments())
                .withEnv(StepEnvironment.variables(overrides, volumes, !withoutDevice, resources.getLimits()))
                .withEnvFrom(StepEnvironment.secrets(spec.storage(), overrides))
                .withPorts(ports())
                .withResources(resources)
                .withVolumeMounts(volumes.mounts())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }

    private List<String> arguments() {
        Stream<String> fixed = Stream.of(
                "step",
                "--spec",
                StepVolumes.SPEC,
                "--locations",
                StepVolumes.LOCATIONS,
                "--store",
                volumes.store(),
                "--title",
                Objects.requireNonNullElse(spec.title(), spec.kind()));
        Stream<String> then =
                spec.followUps().isEmpty() ? Stream.of() : Stream.of("--follow-ups", StepVolumes.FOLLOW_UPS);
        Stream<String> claims = volumes.claims().stream()
                .flatMap(claim -> Stream.of("--claim", claim + "=" + StepVolumes.folder(claim)));
        Stream<String> metrics = trainer.metricsPort() == 0
                ? Stream.of()
                : Stream.of("--metrics-port", String.valueOf(trainer.metricsPort()));
        return Stream.of(fixed, then, claims, metrics)
                .flatMap(arguments -> arguments)
                .map(StepPod::literally)
                .toList();
    }

    /// Kubernetes puts the value of a variable, a token among them, where an argument has `$(NAME)`.
    private static String literally(String argument) {
        return argument.replace("$", "$$");
    }

    private List<ContainerPort> ports() {
        return trainer.metricsPort() == 0
                ? List.of()
                : List.of(new ContainerPortBuilder()
                        .withName("metrics")
                        .withContainerPort(trainer.metricsPort())
                        .build());
    }

    private List<LocalObjectReference> pullSecrets() {
        List<String> names = Optional.ofNullable(overrides.imagePullSecrets())
                .orElse(trainer.imagePullSecrets().orElse(List.of()));
        return names.stream().map(LocalObjectReference::new).toList();
    }

    private List<Toleration> tolerations() {
        return Objects.requireNonNullElse(overrides.tolerations(), List.<dev.isogloss.api.cluster.Toleration>of())
                .stream()
                .map(StepPod::toleration)
                .toList();
    }

    private static Toleration toleration(dev.isogloss.api.cluster.Toleration given) {
        return new TolerationBuilder()
                .withKey(given.key())
                .withOperator(given.operator().name())
                .withValue(given.value())
                .withEffect(given.effect() == null ? null : given.effect().name())
                .withTolerationSeconds(given.tolerationSeconds())
                .build();
    }

    /// What the pod reads as files, by annotation.
    private Map<String, String> files() {
        Map<String, String> files =
                new TreeMap<>(Map.of(Labels.SPEC, spec.step(), Labels.LOCATIONS, CanonicalJson.of(spec.locations())));
        if (!spec.followUps().isEmpty()) files.put(Labels.FOLLOW_UPS, CanonicalJson.of(spec.followUps()));
        return files;
    }

    /// The operator's own entries win over those that the user adds.
    private static Map<String, String> both(
            @org.jspecify.annotations.Nullable Map<String, String> added, Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(Objects.requireNonNullElse(added, Map.of()));
        all.putAll(own);
        return all;
    }
}
