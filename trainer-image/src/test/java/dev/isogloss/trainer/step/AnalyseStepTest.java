package dev.isogloss.trainer.step;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an analysis counts.
class AnalyseStepTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: analysis}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {generated: &sizes {trainExamples: 40, testExamples: 30, texts: 40, pairs: 20}}}
              corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
              encoder:
                maxLength: 32
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 3, batchSize: 8, maxLength: 32, pairFraction: 0}
              source: qal
              targets: [qen]
              seeds: [3]
              stages:
                - fineTune: {epochs: 1, batchSize: 8, learningRate: 1e-3, selection: {keep: Last}}
                - analyse: {maxExamples: MOST}
              evaluate: {splits: [test]}
            """;

    @TempDir
    Path folder;

    private StepRig analysed(int most) throws Exception {
        return analysed(MANIFEST.replace("MOST", String.valueOf(most)));
    }

    private StepRig analysed(String manifest) throws Exception {
        StepRig lab = new StepRig(folder.resolve("store"), manifest, Map.of());
        lab.run();
        return lab;
    }

    private static PlannedStep analysis(StepRig lab) {
        return lab.plan.steps().getLast();
    }

    private static double fact(StepRig lab, String name) {
        return requireNonNull(lab.store
                .result(analysis(lab).key())
                .orElseThrow()
                .facts()
                .byName()
                .get(name));
    }

    @Test
    void features_are_those_of_the_first_examples_and_priors_of_all_that_are_scored() throws Exception {
        StepRig few = analysed(12);
        StepRig all = analysed(5000);

        assertThat(fact(few, "shift.fineTune.qen.test.mean")).isNotEqualTo(fact(all, "shift.fineTune.qen.test.mean"));
        assertThat(fact(few, "priorShift.qen.test")).isEqualTo(fact(all, "priorShift.qen.test"));
        assertThat(fact(few, "priorShift.qen.test")).isCloseTo(totalVariation(few), within(1e-12));
    }

    private static Path written(StepRig lab, String file) {
        return lab.store.made(analysis(lab).key(), "analysis").resolve(file);
    }

    @Test
    void further_measures_are_a_file_beside_what_is_always_written() throws Exception {
        StepRig plain = analysed(12);
        StepRig more = analysed(MANIFEST.replace("MOST", "12, kernelMmd: true, linearCka: true"));

        for (String file : List.of("layers.csv", "points.csv", "analysis.json"))
            assertThat(written(more, file)).hasSameBinaryContentAs(written(plain, file));
        assertThat(written(plain, "measures.csv")).doesNotExist();
        assertThat(Files.readAllLines(written(more, "measures.csv")))
                .hasSize(5)
                .startsWith("stage,language,split,pooling,measure,value")
                .allSatisfy(line -> assertThat(line)
                        .matches("stage,.*|fineTune,qen,test,(first|mean),(KernelMmd|LinearCka),0\\.\\d+(E-\\d)?"));
    }

    @Test
    void texts_are_not_aligned_with_fewer_translations() {
        String unequal = MANIFEST.replace("MOST", "12, linearCka: true")
                .replace(
                        "testExamples: 30, texts: 40, pairs: 20}}}",
                        "testExamples: 30, texts: 40, pairs: 20}},"
                                + " languages: [{language: qen, splits: {test: {file: test, last: 29}}}]}");

        assertThatThrownBy(() -> analysed(unequal))
                .hasMessageContaining("split \"test\" has 30 examples in qal and 29 in qen")
                .hasMessageContaining("Leave linearCka out");
    }

    /// Counted here, from the data itself.
    private static double totalVariation(StepRig lab) {
        DatasetIdentity data = ((AnalyseStep) analysis(lab).spec()).data();
        ToyLanguages toy = ToyLanguages.of(requireNonNull(data.generated()));
        Map<String, Long> source = LabelSet.count(split(toy, "qal", "train"));
        Map<String, Long> target = LabelSet.count(split(toy, "qen", "test"));
        double sum = 0;
        for (String label : source.keySet())
            sum += Math.abs(requireNonNull(source.get(label)) / 40.0 - target.getOrDefault(label, 0L) / 30.0);
        return sum / 2;
    }

    private static Split split(ToyLanguages toy, String language, String name) {
        return toy.split(TaskType.SequenceClassification, language, name);
    }
}
