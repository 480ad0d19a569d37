package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.report.StagePredictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parsers on invented treebanks, from manifest to scores.
class ParsingTest {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: trees}
            spec:
              task: {type: DependencyParsing, parser: {arcWidth: 64, relationWidth: 32, dropout: 0}}
              data:
                name: trees
                format: ConllU
                location: {claim: trees, path: "{split}.conllu"}
                splits: {train: {file: train}, dev: {file: train}, test: {file: train}}
              corpus: {name: toy, languages: [qal], location: {generated: {trainExamples: 40, testExamples: 10, texts: 40}}}
              dictionary: {name: words, location: {claim: trees, path: words.json}}
              encoder:
                maxLength: 64
                fromPretraining:
                  architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 2}
                  tokenizer: {vocabularySize: 300}
                  pretrain: {maxUpdates: 2, batchSize: 8, maxLength: 32}
              source: qal
              stages:
                - STAGE
            """;
    private static final String SHORT = "epochs: 2, batchSize: 8, learningRate: 1e-3, evaluateEvery: 5";

    @TempDir
    Path folder;

    /// 50 sentences of 1 to 9 letters whose trees are drawn, crossing arcs and all.
    @BeforeEach
    void aTreebank() throws IOException {
        StringBuilder text = new StringBuilder();
        int crossing = 0;
        for (int sentence = 0; sentence < 50; sentence++) {
            RandomStream random = RandomStream.of(1, "trees", sentence);
            int words = 1 + random.nextInt(9);
            int[] order = random.permutation(words);
            int[] heads = new int[words];
            for (int i = 0; i < words; i++) heads[order[i]] = i == 0 ? 0 : order[random.nextInt(i)] + 1;
            crossing += crosses(heads) ? 1 : 0;
            for (int i = 0; i < words; i++)
                text.append("%d\t%c\t_\t%s\t_\t_\t%d\t%s\t_\t_\n"
                        .formatted(
                                i + 1,
                                'a' + random.nextInt(26),
                                random.nextInt(5) == 0 ? "PUNCT" : "NOUN",
                                heads[i],
                                heads[i] == 0 ? "root" : random.nextInt(2) == 0 ? "obj" : "nsubj:pass"));
            text.append('\n');
        }
        assertThat(crossing).as("sentences with crossing arcs").isGreaterThan(5);
        Files.writeString(folder.resolve("train.conllu"), text);
        Files.writeString(folder.resolve("words.json"), "{\"a\": [\"b\"], \"c\": [\"d\", \"e\"]}");
    }

    private static boolean crosses(int[] heads) {
        for (int i = 0; i < heads.length; i++)
            for (int j = 0; j < heads.length; j++) {
                int low = Math.min(i + 1, heads[i]);
                int high = Math.max(i + 1, heads[i]);
                int otherLow = Math.min(j + 1, heads[j]);
                int otherHigh = Math.max(j + 1, heads[j]);
                if (low < otherLow && otherLow < high && high < otherHigh) return true;
            }
        return false;
    }

    private StepRig rig(String store, String stage) {
        return new StepRig(folder.resolve(store), MANIFEST.replace("STAGE", stage), Map.of("trees", folder));
    }

    private static StepResult evaluation(StepRig rig) {
        PlannedStep last = rig.plan.steps().getLast();
        assertThat(last.spec()).isInstanceOf(EvaluateStep.class);
        return rig.store.result(last.key()).orElseThrow();
    }

    private static double score(StepRig rig, Metric metric) {
        return evaluation(rig).scores().stream()
                .filter(score -> score.metric() == metric)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void fifty_trees_are_learnt_by_heart_crossing_arcs_and_all() throws Exception {
        StepRig rig = rig("store", "fineTune: {epochs: 60, batchSize: 10, learningRate: 3e-3, dropout: 0}");

        rig.run();

        assertThat(score(rig, Metric.LabelledAttachment)).isEqualTo(1);
        assertThat(score(rig, Metric.UnlabelledAttachment)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ear: {copies: 2, push: Embeddings, pull: Attention, layer: 1, fineTune: {TRAINING}}",
                "randomizedSmoothing: {perturb: Synonyms, copies: 2, fineTune: {TRAINING}}",
                "randomizedSmoothing: {perturb: Embeddings, fineTune: {TRAINING}}",
                "adversarialTraining: {fineTune: {TRAINING}}",
            })
    void robust_trainings_learn_trees(String stage) throws Exception {
        StepRig rig = rig("store", stage.replace("TRAINING", SHORT));

        rig.run();

        assertThat(score(rig, Metric.UnlabelledAttachment)).isBetween(0.05, 1.0);
    }

    @Test
    void parsers_between_parsers_are_scored_and_the_ends_of_a_line_are_those_that_were_trained() throws Exception {
        StepRig rig = new StepRig(
                folder.resolve("store"),
                MANIFEST.replace(
                                "STAGE",
                                "interpolate: {fineTune: {%s}, line: {coefficients: [0, 0.5, 1]}}\n".formatted(SHORT)
                                        + "  evaluate: {splits: [dev]}")
                        .replace("  source: qal\n", "  source: qal\n  targets: [qen]\n"),
                Map.of("trees", folder));

        rig.run();

        PlannedStep line = titled(rig, "interpolate line qen seed 1");
        List<String> scores =
                Files.readAllLines(rig.store.made(line.key(), "analysis").resolve("line.csv"));
        assertThat(scores).hasSize(1 + 2 * 3 * 2 * 2);
        Map.of("0.0", "evaluate interpolate-source seed 1", "1.0", "evaluate interpolate-both qen seed 1")
                .forEach((alpha, evaluation) -> rig.result(
                                titled(rig, evaluation).key())
                        .scores()
                        .forEach(score -> assertThat(scores)
                                .contains("source,%s,%s,%s,%s"
                                        .formatted(alpha, score.language(), score.metric(), score.value()))));
    }

    private static PlannedStep titled(StepRig rig, String title) {
        return rig.plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_comparison_counts_the_words_that_the_scores_count() throws Exception {
        StepRig rig = rig("store", "fineTune: {%s}".formatted(SHORT));
        rig.run();

        ComparedSystem system = StagePredictions.read(rig.plan, null, "test", rig.store);

        double right = 0;
        double counted = 0;
        for (Outcome sentence :
                Objects.requireNonNull(system.outcomes().get(1L)).get("qal")) {
            right += sentence.numerator();
            counted += sentence.denominator();
        }
        assertThat(system.metric()).isEqualTo(Metric.LabelledAttachment);
        assertThat(right / counted).isCloseTo(score(rig, Metric.LabelledAttachment), within(1e-12));
        assertThat(counted / 2).as("words but punctuation").isBetween(1.0, words() - 1.0);
    }

    @Test
    void killed_again_and_again_a_training_of_a_parser_ends_in_the_same_bytes() throws Exception {
        StepRig whole = rig("whole", "fineTune: {%s}".formatted(SHORT));
        whole.run();
        StepRig broken = rig("broken", "fineTune: {%s}".formatted(SHORT));

        int attempts = 0;
        while (!InterruptedRun.isDone(broken)) {
            int[] left = {++attempts + 2};
            Throwable end = catchThrowable(() -> broken.run(StopSignal.NEVER, () -> {
                if (--left[0] == 0) throw new InterruptedRun.PowerCut();
            }));
            if (end != null) assertThat(end).isInstanceOf(InterruptedRun.PowerCut.class);
            assertThat(attempts).as("attempts").isLessThan(40);
        }

        assertThat(attempts).isGreaterThan(2);
        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
    }

    @Test
    void words_beyond_what_the_encoder_reads_are_counted_and_told() throws Exception {
        StepRig rig = new StepRig(
                folder.resolve("store"),
                MANIFEST.replace("STAGE", "fineTune: {%s}".formatted(SHORT))
                        .replace("maxLength: 64\n", "maxLength: 8\n"),
                Map.of("trees", folder));

        rig.run();

        long cut = words() - words(6);
        assertThat(evaluation(rig).facts().details(Fact.CutWords)).containsExactly(Map.entry("qal.test", (double) cut));
        assertThat(rig.notes)
                .anyMatch(note -> note.contains("%d words of test of qal lie beyond the 8 pieces".formatted(cut)))
                .as("of what is learnt from as well")
                .anyMatch(note -> note.contains("%d words of train of qal lie beyond the 8 pieces".formatted(cut)));
    }

    private long words() throws IOException {
        return words(Integer.MAX_VALUE);
    }

    /// How many words the treebank's sentences have together, if of each only the first ones count.
    private long words(int most) throws IOException {
        long words = 0;
        for (String sentence : Files.readString(folder.resolve("train.conllu")).split("\n\n"))
            words += Math.min(most, sentence.lines().count());
        return words;
    }
}
