package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.Strategy;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.act.StepJob;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputIdentity;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepJson;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.planner.Planner;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// From a manifest to pods: each finds in its own spec all that its step reads, and nothing else.
class StepInputsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String EXPERIMENT = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: reviews, location: DATA}
              corpus: {name: web, languages: [en, de], location: {claim: texts}, pairs: {claim: pairs}}
              dictionary: {name: synonyms, location: {claim: words, path: synonyms.json}}
              encoder: ENCODER
              source: en
              targets: [de]
              seeds: [1, 2]
              stages: [STAGES]
              evaluate: {splits: [test], ensemble: true}
            """;

    private static final String RUN = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: lab}
            spec:
              task: {type: SequenceClassification}
              data: {name: reviews, location: DATA}
              corpus: {name: web, languages: [en, de], location: {claim: texts}, pairs: {claim: pairs}}
              models:
                - {name: a, encoder: ENCODER, languageAdaptation: {}}
                - {name: b, encoder: {location: {uri: "hf://org/other"}}, fineTune: {}}
              source: en
              targets: [de]
              seeds: [1]
              strategy: {STRATEGY}
            """;

    private static final List<String> ENCODERS = List.of(
            "{location: {uri: \"hf://org/xlmr\"}}",
            "{name: xlmr, location: {claim: encoders, path: xlmr}}",
            "{name: xlmr, location: {uri: \"s3://lab/xlmr\"}}",
            "{fromPretraining: {architecture: {preset: Tiny}, tokenizer: {vocabularySize: 300},"
                    + " rankTranslations: {}}}");

    private static final List<String> STAGES = List.of(
            "{pretrain: {}}, {fineTune: {}}",
            "{languageAdaptation: {}}",
            "{ear: {}}, {randomizedSmoothing: {}}",
            "{randomizedSmoothing: {perturb: Synonyms}}",
            "{adversarialTraining: {}}",
            "{fineTune: {}}, {iwda: {}}",
            "{fineTune: {}}, {distill: {}}",
            "{fineTune: {}}, {selfTrain: {}}",
            "{fineTune: {}}, {selfTrain: {restart: true}}",
            "{fineTune: {}}, {adversarialAlign: {}}, {analyse: {}}",
            "{pretrain: {}}, {fineTune: {}}, {project: {}}, {project: {show: Synonyms}}",
            "{pretrain: {}}, {interpolate: {plane: {}}}");

    private static final List<String> STRATEGIES = List.of(
            "coTraining: {rounds: 3, keep: Best, patience: 1}",
            "selfTraining: {rounds: 2, reinitialise: false}",
            "triTraining: {augment: {maskedLanguageModel: {encoder: {location: {uri: \"hf://org/words\"}}}}}");

    private static final List<String> PLACES =
            List.of("{claim: datasets, path: \"{language}/{split}.jsonl\"}", "{uri: \"s3://lab/{language}/{split}\"}");

    private static final List<Storage> STORES = List.of(
            new Storage(new Location(null, "results", null, null)),
            new Storage(new Location("s3://lab/results", null, null, null)));

    static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (String encoder : ENCODERS)
            for (int place = 0; place < PLACES.size(); place++) {
                for (String stages : STAGES)
                    all.add(Arguments.of(stages, encoder, PLACES.get(place), STORES.get(place)));
                for (String strategy : STRATEGIES)
                    all.add(Arguments.of(strategy, encoder, PLACES.get(place), STORES.get(place)));
            }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void a_pod_finds_what_its_step_reads(String work, String encoder, String data, Storage store)
            throws JsonProcessingException {
        ExperimentView view = view(work, encoder, data, store);
        Set<String> before = new HashSet<>();
        for (PlannedStep step : view.plan().steps()) {
            PodTemplateSpec pod = pod(view, step);
            StepSpec read = StepJson.read(annotation(pod, Labels.SPEC));
            assertThat(read).isEqualTo(step.spec());
            Locations locations = MAPPER.readValue(annotation(pod, Labels.LOCATIONS), Locations.class);
            Set<String> found = new HashSet<>();
            for (Input input : read.reads()) {
                if (input instanceof Input.StepOutput(var key))
                    assertThat(before).contains(key.hex());
                input.locationName().ifPresent(name -> {
                    assertThat(locations.inputs()).as(step.title()).containsKey(name);
                    found.add(name);
                });
            }
            assertThat(locations.inputs().keySet())
                    .as("%s reads these and no others", step.title())
                    .isEqualTo(found);
            mounts(pod, locations, store);
            before.add(step.key().hex());
        }
    }

    @Test
    void every_stage_and_every_strategy_is_tried() {
        assertThat(members(Stage.class))
                .filteredOn(stage -> !stage.equals("name"))
                .allMatch(stage -> String.join("", STAGES).contains("{" + stage + ": "));
        assertThat(members(Strategy.class))
                .allMatch(strategy -> STRATEGIES.stream().anyMatch(tried -> tried.startsWith(strategy + ": ")));
    }

    private static List<String> members(Class<? extends Record> choice) {
        return Stream.of(choice.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /// Three models, where the strategy asks for them.
    private static String run(String strategy) {
        return strategy.startsWith("triTraining")
                ? RUN.replace(", languageAdaptation: {}}", "}\n    - {name: c, encoder: ENCODER, seed: 7}")
                : RUN;
    }

    private static ExperimentView view(String work, String encoder, String data, Storage store) {
        boolean run = STRATEGIES.contains(work);
        String manifest = (run ? run(work) : EXPERIMENT)
                .replace("DATA", data)
                .replace("ENCODER", encoder)
                .replace("STRATEGY", work)
                .replace("STAGES", work);
        return switch (ManifestReader.read("lab.yaml", manifest).getFirst()) {
            case TransferExperimentManifest given ->
                view(Planner.plan("lab", given.spec()), InputLocations.of(Planner.locations(given.spec())), store);
            case TransferBenchmarkManifest _ -> throw new IllegalArgumentException(work);
            case CoTrainingRunManifest given ->
                view(Planner.plan("lab", given.spec()), InputLocations.of(Planner.locations(given.spec())), store);
        };
    }

    private static ExperimentView view(Plan plan, InputLocations locations, Storage store) {
        Owner owner =
                new Owner("isogloss.dev/v1alpha1", "TransferExperiment", "lab", "e", "me", "2026-01-01T00:00:00Z");
        return new ExperimentView(
                owner, 1, plan, locations, StepFixtures.RUNTIME, store, false, null, Map.of(), List.of());
    }

    private static PodTemplateSpec pod(ExperimentView view, PlannedStep step) {
        return StepJob.of(
                        StepFixtures.step(TrainingStepSpecs.spec(view, step, 0, List.of()), 1, null),
                        StepFixtures.settings())
                .getSpec()
                .getTemplate();
    }

    private static String annotation(PodTemplateSpec pod, String name) {
        return Objects.requireNonNull(pod.getMetadata().getAnnotations().get(name), name);
    }

    private static void mounts(PodTemplateSpec pod, Locations locations, Storage store) {
        Container container = pod.getSpec().getContainers().getFirst();
        List<String> mounted = container.getVolumeMounts().stream()
                .map(mount -> mount.getMountPath())
                .filter(path -> path.startsWith("/claims/"))
                .toList();
        assertThat(mounted)
                .containsExactlyElementsOf(
                        locations.claims().stream().map("/claims/"::concat).toList());
        for (String claim : locations.claims())
            assertThat(container.getArgs()).containsSequence("--claim", claim + "=/claims/" + claim);
        String address = store.location().claim() == null
                ? Objects.requireNonNull(store.location().uri())
                : "/store";
        assertThat(container.getArgs()).containsSequence("--store", address);
    }

    /// A pod is told of one dataset: a measurement on another waits for a pod of its own.
    @Test
    void what_reads_other_data_does_not_follow() {
        Plan plan = plan("reviews", "datasets");
        Plan other = plan("more-reviews", "others");
        InputIdentity elsewhere = first(other, EvaluateStep.class).spec().reads().stream()
                .flatMap(input -> input.identity().stream())
                .findFirst()
                .orElseThrow();
        InputLocations places = new InputLocations(
                Planner.locations(experiment("reviews", "datasets")),
                Map.of(elsewhere, Planner.locations(experiment("more-reviews", "others"))));
        PlannedStep training = first(plan, TrainStep.class);
        PlannedStep own = first(plan, EvaluateStep.class);
        PlannedStep foreign = first(other, EvaluateStep.class);

        TrainingStepSpec spec =
                TrainingStepSpecs.spec(view(plan, places, STORES.getFirst()), training, 0, List.of(own, foreign));

        assertThat(spec.followUps())
                .extracting(FollowUp::key)
                .containsExactly(own.key().hex());
        assertThat(spec.locations().claims()).containsExactly("datasets");
    }

    private static Plan plan(String data, String claim) {
        return Planner.plan("lab", experiment(data, claim));
    }

    private static TransferExperimentSpec experiment(String data, String claim) {
        String manifest = EXPERIMENT
                .replace("DATA", "{claim: %s, path: \"{language}/{split}.jsonl\"}".formatted(claim))
                .replace("name: reviews", "name: " + data)
                .replace("ENCODER", ENCODERS.getFirst())
                .replace("STAGES", "{fineTune: {}}");
        return ((TransferExperimentManifest)
                        ManifestReader.read("lab.yaml", manifest).getFirst())
                .spec();
    }

    private static PlannedStep first(Plan plan, Class<? extends StepSpec> kind) {
        return plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()))
                .findFirst()
                .orElseThrow();
    }

    /// They went without it once: only the encoder of a training was looked for.
    @Test
    void a_student_and_a_restarted_model_find_the_published_encoder() throws JsonProcessingException {
        for (String stages : List.of("{fineTune: {}}, {distill: {}}", "{fineTune: {}}, {selfTrain: {restart: true}}")) {
            ExperimentView view = view(stages, ENCODERS.get(1), PLACES.getFirst(), STORES.getFirst());
            PlannedStep adapt = view.plan().steps().stream()
                    .filter(step -> step.spec().kind().equals("Adapt"))
                    .findFirst()
                    .orElseThrow();

            Locations locations = MAPPER.readValue(annotation(pod(view, adapt), Labels.LOCATIONS), Locations.class);

            assertThat(locations.inputs()).containsEntry("encoder/xlmr", new Location(null, "encoders", "xlmr", null));
        }
    }
}
