package dev.isogloss.operator;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.data.Location;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Experiments, steps, Jobs, pods and settings for tests: small, complete, and the same every time.
public final class StepFixtures {
    public static final String KEY = "0123456789abcdef".repeat(4);
    public static final String NAME = "train-0123456789abcdef-11111111";
    public static final Runtime RUNTIME =
            new Runtime(null, null, null, 4, null, 3, FailurePolicy.Stop, 1000000, null, 86400, null);

    private StepFixtures() {}

    /// Default settings of an installation, and those named here: `name, value, name, value`.
    public static OperatorSettings settings(String... namesAndValues) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(OperatorSettings.class);
        for (int i = 0; i < namesAndValues.length; i += 2)
            builder.withDefaultValue(namesAndValues[i], namesAndValues[i + 1]);
        return builder.build().getConfigMapping(OperatorSettings.class);
    }

    /// Called `one`, in the namespace `lab`, with the defaults that an API server fills in.
    public static TransferExperiment experiment() {
        Manifest manifest = ManifestReader.read("one.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: one}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {generated: {}}}
                  encoder: {location: {uri: "hf://org/encoder"}}
                  source: qal
                  targets: [qen]
                  stages: [{fineTune: {epochs: 1}}]
                """).getFirst();
        TransferExperiment experiment = new TransferExperiment();
        experiment.setMetadata(new ObjectMetaBuilder()
                .withName("one")
                .withNamespace("lab")
                .withUid("u")
                .build());
        experiment.setSpec(((TransferExperimentManifest) manifest).spec());
        return experiment;
    }

    public static TrainingStepSpec spec() {
        return spec(RUNTIME, false);
    }

    public static TrainingStepSpec spec(Runtime runtime, boolean suspend) {
        return new TrainingStepSpec(
                KEY,
                "Train",
                "{\"kind\":\"Train\"}",
                "fineTune en seed 1",
                List.of(),
                Locations.NONE,
                new Storage(new Location(null, "lab", "results", null)),
                runtime,
                0,
                suspend);
    }

    public static TrainingStep step() {
        return step(spec(), 1, null);
    }

    public static TrainingStep step(TrainingStepSpec spec, long generation, @Nullable TrainingStepStatus status) {
        TrainingStep step = new TrainingStep();
        step.setMetadata(new ObjectMetaBuilder()
                .withNamespace("research")
                .withName(NAME)
                .withUid("step-1")
                .withGeneration(generation)
                .withResourceVersion("100")
                .build());
        step.setSpec(spec);
        step.setStatus(status);
        return step;
    }

    public static TrainingStep ownedBy(TrainingStep step, String uid, boolean requested) {
        var metadata = step.getMetadata();
        metadata.getOwnerReferences()
                .add(new OwnerReferenceBuilder()
                        .withApiVersion("isogloss.dev/v1alpha1")
                        .withKind("TransferExperiment")
                        .withName("of-" + uid)
                        .withUid(uid)
                        .build());
        Map<String, String> annotations =
                new java.util.HashMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        annotations.putAll(RunRequests.of(step).joined(uid, requested).annotations());
        metadata.setAnnotations(annotations);
        return step;
    }

    /// A Job of `step()`, created for its generation 1 from a template `t1`.
    public static JobBuilder job() {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace("research")
                .withName(NAME)
                .withUid("job-1")
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.ISOGLOSS, Labels.STEP, NAME))
                .withAnnotations(Map.of(Labels.GENERATION, "1", Labels.TEMPLATE, "t1"))
                .addNewOwnerReference()
                .withApiVersion("isogloss.dev/v1alpha1")
                .withKind("TrainingStep")
                .withName(NAME)
                .withUid("step-1")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .endStatus();
    }

    public static Job jobWith(String condition, String reason, String message) {
        return job().editStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime("2026-01-01T00:10:00Z")
                .endCondition()
                .endStatus()
                .build();
    }

    public static PodBuilder pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("research")
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:00:0" + name.charAt(name.length() - 1) + "Z")
                .withLabels(Map.of(Labels.STEP, NAME))
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(NAME)
                .withUid("job-1")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(Labels.CONTAINER)
                .withImage("trainer:1")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus();
    }

    public static Pod running(String name) {
        return pod(name).editStatus().withPhase("Running").endStatus().build();
    }

    public static Pod ended(String name, int exitCode, @Nullable String reason, @Nullable String message) {
        return pod(name)
                .editStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .withStartTime("2026-01-01T00:00:05Z")
                .addNewContainerStatus()
                .withName(Labels.CONTAINER)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    public static String resultOf(String key) {
        return """
                {"key":"%s","kind":"Evaluate","reused":false,"scores":[{"language":"de","split":"test",\
                "metric":"Accuracy","value":0.8125,"examples":16}],"facts":{"seconds":1.5}}""".formatted(key);
    }
}
