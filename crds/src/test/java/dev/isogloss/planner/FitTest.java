package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every stage with every task: it fits, or a rule of the definition, which the API server evaluates as well, says why
/// not in a sentence.
class FitTest {
    private static final List<String> TASKS =
            Stream.of(TaskType.values()).map(TaskType::name).toList();

    /// What tells classes apart, of which a tree has none.
    private static final Set<String> CLASSES =
            Set.of("iwda", "distill", "selfTrain", "adversarialAlign", "analyse", "languageAdaptation");

    private static String manifest(String task, String stage) {
        return Manifests.withPairs(Manifests.SMALL).replace("SequenceClassification", task) + "    - " + stage + "\n";
    }

    private static final Map<String, Set<String>> UNFIT = Map.of(
            "languageAdaptation: {}", Set.of("NamedEntityRecognition", "PartOfSpeechTagging"),
            "adversarialAlign: {reads: Words}", Set.of("SequenceClassification", "SequencePairClassification"),
            "selfTrain: {select: PerClass}", Set.of("NamedEntityRecognition", "PartOfSpeechTagging"),
            "analyse: {linearCka: true}", Set.of("NamedEntityRecognition", "PartOfSpeechTagging"));

    @Test
    void every_stage_is_tried_with_every_task() {
        Set<String> tried = new TreeSet<>();
        for (String stage : List.of(
                "pretrain: {}",
                "fineTune: {learnFrom: Target}",
                "languageAdaptation: {}",
                "ear: {}",
                "ear: {fineTune: {learnFrom: Target}}",
                "randomizedSmoothing: {}",
                "randomizedSmoothing: {perturb: Synonyms}",
                "adversarialTraining: {}",
                "iwda: {}",
                "iwda: {importanceWeights: Oracle}",
                "distill: {}",
                "selfTrain: {}",
                "selfTrain: {select: PerClass}",
                "adversarialAlign: {}",
                "adversarialAlign: {reads: Words}",
                "interpolate: {}",
                "interpolate: {plane: {}}",
                "analyse: {}",
                "analyse: {kernelMmd: true}",
                "analyse: {linearCka: true}",
                "project: {}",
                "project: {show: Copies}")) {
            tried.add(method(stage));
            for (String task : TASKS) {
                String text = manifest(task, stage);
                if (UNFIT.getOrDefault(stage, Set.of()).contains(task)
                        || task.equals("DependencyParsing") && CLASSES.contains(method(stage)))
                    assertThatThrownBy(() -> ManifestReader.read("m.yaml", text))
                            .as(stage + " " + task)
                            .isInstanceOf(InvalidInput.class);
                else
                    assertThatCode(() -> Manifests.plan(text))
                            .as(stage + " " + task)
                            .doesNotThrowAnyException();
            }
        }
        assertThat(tried).containsExactlyInAnyOrderElementsOf(Manifests.stages());
    }

    private static String method(String stage) {
        return stage.substring(0, stage.indexOf(':'));
    }

    @Test
    void language_adaptation_makes_one_model_and_says_so_where_one_for_each_target_is_asked_for() {
        for (String from : List.of("Target", "SourceAndTarget"))
            assertThatThrownBy(() -> ManifestReader.read(
                            "m.yaml",
                            manifest("SequenceClassification", "languageAdaptation: {fineTune: {learnFrom: FROM}}")
                                    .replace("FROM", from)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("languageAdaptation makes one model for all targets: in its fineTune write"
                            + " languages instead of learnFrom");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NamedEntityRecognition|languageAdaptation compares whole texts by their classes",
                "DependencyParsing|a run cannot learn DependencyParsing, where no label stands for a whole tree",
            })
    void a_run_says_what_it_does_not_fit(String task, String sentence) {
        String run = Manifests.withPairs(Manifests.RUN)
                .replace("SequenceClassification", task)
                .replace("fineTune: {epochs: 2}}", "fineTune: {epochs: 2}, languageAdaptation: {}}");

        assertThatThrownBy(() -> ManifestReader.read("m.yaml", run))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(sentence);
    }
}
