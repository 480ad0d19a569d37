package dev.isogloss.trainer.method.iwda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportanceWeightedAlignmentTest {
    private static final String BATCHES = "epochs: 3, batchSize: 4, learningRate: 1e-3";
    private static final String PLAIN =
            BATCHES + ", criticWidth: 16, lambdaAlign: 1, statisticsRate: 0.05, weightLearningRate: 0.02";

    private static final String CONTROL = "lambdaAlign: 0, importanceWeights: Uniform";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epochs: 2",
                "epochsOf: TargetTokens",
                "maxUpdates: 5",
                "batchSize: 6",
                "learningRate: 1.1e-3",
                "dropout: 0",
                "batchOrder: Random",
                "optimiser: {weightDecay: 0.5}",
                "optimiser: {clipNorm: 0.1}",
                "optimiser: {schedule: Constant}",
                "preset: AuthorsCode",
                "preset: AuthorsCodeAsIs",
                "importanceWeights: Oracle",
                "importanceWeights: Uniform",
                "distance: JensenShannon",
                "distance: KernelMmd",
                "lambdaAlign: 0.9",
                "alignWarmup: 0.5",
                "gradientPenalty: 1",
                "criticWidth: 17",
                "criticOutput: Difference",
                "criticSteps: 2",
                "criticLearningRate: 1e-3",
                "criticWeightDecay: 0.5",
                "initialUniform: 0.5",
                "initialExamples: 7",
                "weightLearningRate: 0.03",
                "weightSchedule: Constant",
                "weightDecay: 3",
                "weightWarmup: 0.5",
                "projection: Radial",
                "statisticsRate: 0.1",
            })
    void every_hyperparameter_moves_the_result(String other) {
        assertThat(Arrays.equals(trained(with(other)), trained("{" + PLAIN + "}")))
                .isFalse();
    }

    private static String with(String other) {
        String name = other.substring(0, other.indexOf(':'));
        List<String> kept = Arrays.stream(PLAIN.split(", "))
                .filter(setting -> !setting.startsWith(name + ":"))
                .toList();
        return "{" + String.join(", ", kept) + ", " + other + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", gradientPenalty: 0", ", distance: KernelMmd", ", importanceWeights: Uniform"})
    void without_alignment_it_is_plain_fine_tuning_bit_for_bit(String other) {
        float[] adapted = trained("{" + BATCHES + ", criticWidth: 16, lambdaAlign: 0" + other + "}");

        assertThat(adapted).containsExactly(fineTuned());
    }

    @Test
    void a_control_reads_the_source_alone_and_shows_the_loss_of_its_labels() {
        Iwda settings = settings("{" + PLAIN.replace("lambdaAlign: 1", CONTROL) + "}", TaskType.SequenceClassification);
        FineTune plain = SettingsReader.of(FineTune.class, "{" + BATCHES + "}");
        TinyTransfer training = new TinyTransfer(folder);
        try (Model model = TinyTransfer.model(Head.Pooled);
                Model other = TinyTransfer.model(Head.Pooled);
                var method = method(model, data(), settings)) {
            var fineTuning = new FineTuning(other, TinyTransfer.source(), plain, Precision.Float32, 1);

            assertThat(method.objectives(0)).extracting(Objective::examples).containsExactly(4L);
            assertThat(method.optimisation().groups())
                    .extracting(ParameterGroup::name)
                    .containsExactly("model");
            assertThat(training.losses(method, "control", Long.MAX_VALUE))
                    .isEqualTo(training.losses(fineTuning, "plain", Long.MAX_VALUE));
        }
    }

    /// The weights are estimated, so that both languages are read.
    @Test
    void a_control_of_several_critic_steps_has_the_encoders_updates_on_the_encoders_batches() {
        String several = "{" + PLAIN + ", criticSteps: 4}";
        SourceAndTarget data = data();
        try (Model model = TinyTransfer.model(Head.Pooled);
                var aligned = method(model, data, settings(several, TaskType.SequenceClassification));
                var control = method(
                        model,
                        data,
                        settings(
                                several.replace("lambdaAlign: 1", "lambdaAlign: 0"),
                                TaskType.SequenceClassification))) {
            assertThat(control.updates()).isEqualTo(aligned.updates());
            for (long update = 0; update < control.updates(); update++)
                assertThat(control.objectives(update))
                        .extracting(Objective::name, Objective::examples, Objective::tokens)
                        .containsExactly(tuple(
                                "encoder",
                                8L,
                                aligned.objectives(update).getLast().tokens()));
        }
    }

    @Test
    void the_same_seed_gives_the_same_bits() {
        assertThat(trained("{" + PLAIN + "}")).containsExactly(trained("{" + PLAIN + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Euclidean", "Radial"})
    void after_every_update_no_weight_is_negative_and_the_weighted_source_is_whole(String projection) {
        List<double[]> seen = new ArrayList<>();
        Iwda settings = settings(
                "{" + PLAIN + ", projection: " + projection + ", weightDecay: 0}", TaskType.SequenceClassification);
        SourceAndTarget data = data();
        double[] p = data.sourcePrior();
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, data, settings)) {
            new TinyTransfer(folder).train(method, update -> seen.add(method.weights()));
        }

        assertThat(seen).hasSize(15).allSatisfy(w -> {
            assertThat(Arrays.stream(w).min().orElseThrow()).isNotNegative();
            assertThat(IntStream.range(0, 3).mapToDouble(j -> p[j] * w[j]).sum())
                    .isCloseTo(1, within(1e-6));
        });
        assertThat(seen.getFirst()).isNotEqualTo(seen.getLast());
    }

    @Test
    void oracle_weights_are_the_ratio_of_the_priors_and_stay() {
        Iwda settings = settings("{" + PLAIN + ", importanceWeights: Oracle}", TaskType.SequenceClassification);
        SourceAndTarget data = data();
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, data, settings)) {
            new TinyTransfer(folder).train(method, update -> {});

            assertThat(method.weights()).containsExactly(new double[] {0.25 / 0.35, 0, 0.75 / 0.3}, within(1e-6));
        }
    }

    @Test
    void words_are_the_items_of_a_tagging_task_and_decide_how_long_it_lasts() {
        List<Item> source = TinyTransfer.words(TinyTransfer.source());
        List<Item> target = TinyTransfer.words(TinyTransfer.target());
        Iwda settings = settings("{" + PLAIN + "}", TaskType.NamedEntityRecognition);
        try (Model model = TinyTransfer.model(Head.Token);
                var method = new ImportanceWeightedAlignment(
                        model,
                        new SourceAndTarget(source, new UnlabelledItems(target), 3),
                        settings,
                        Precision.Float32,
                        1)) {
            new TinyTransfer(folder).train(method, update -> {});

            // 3 epochs of 16 sentences in batches of 4, as many words a sentence as in the source
            assertThat(method.updates()).isEqualTo(12);
            assertThat(Arrays.stream(requireNonNull(method.state().get("prediction"))
                                    .toDoubles())
                            .sum())
                    .isGreaterThan(1);
        }
    }

    /// Sixteen sentences of two words are worth 16·(2/3) of three words, in batches of four.
    @Test
    void an_epoch_lasts_until_a_word_of_the_target_was_read_as_often_as_one_of_the_source() {
        List<Item> target = TinyTransfer.words(TinyTransfer.target()).stream()
                .map(item -> new Item(
                        item.example(),
                        item.ids(),
                        item.types(),
                        new int[] {0, 1},
                        0,
                        Arrays.copyOf(item.targets(), 2)))
                .toList();
        SourceAndTarget words =
                new SourceAndTarget(TinyTransfer.words(TinyTransfer.source()), new UnlabelledItems(target), 3);
        try (Model model = TinyTransfer.model(Head.Token);
                var method = method(model, words, settings("{" + PLAIN + "}", TaskType.NamedEntityRecognition))) {
            assertThat(method.updatesPerEpoch()).isEqualTo(3); // 8/3, rounded up
            assertThat(method.updates()).isEqualTo(8); // 3·8/3
        }
    }

    @Test
    void the_first_weights_come_from_what_the_model_says_of_either_language() {
        Iwda settings = settings("{" + PLAIN + ", initialUniform: 0}", TaskType.SequenceClassification);
        try (Model model = opinionated();
                var method = method(model, data(), settings)) {
            double[][] confusion = new double[3][3];
            for (Said said : said(model, TinyTransfer.source())) confusion[said.predicted()][said.gold()] += 1 / 20.0;
            double[] prediction = predicted(said(model, TinyTransfer.target()));

            method.prepare();

            assertThat(prediction).isNotEqualTo(predicted(said(model, TinyTransfer.source())));
            assertThat(method.weights())
                    .containsExactly(
                            InitialWeights.solve(confusion, prediction, data().sourcePrior(), false), within(1e-5));
        }
    }

    /// One update on all texts of both languages: S ← (1 − s)·S + s·counts, from C = diag(p) and t = p∘w⁰.
    @Test
    void the_statistics_of_either_language_move_with_the_predictions_of_that_language() {
        Iwda settings = settings(
                "{" + PLAIN.replace("batchSize: 4", "batchSize: 20") + ", dropout: 0}",
                TaskType.SequenceClassification);
        try (Model model = opinionated();
                var method = method(model, data(), settings);
                Scope _ = Scope.open()) {
            method.prepare();
            double[] p = data().sourcePrior();
            double[] w0 = method.weights();

            GradMode.with(() ->
                    method.objectives(0).getFirst().parts().getFirst().loss().get());

            double[] confusion = new double[9];
            for (int j = 0; j < 3; j++) confusion[4 * j] = 0.95 * p[j];
            for (Said said : said(model, TinyTransfer.source())) confusion[3 * said.predicted() + said.gold()] += 0.05;
            double[] prediction = new double[3];
            for (int j = 0; j < 3; j++) prediction[j] = 0.95 * p[j] * w0[j];
            for (Said said : said(model, TinyTransfer.target())) prediction[said.predicted()] += 0.05;
            assertThat(state(method, "confusion")).containsExactly(confusion, within(1e-6));
            assertThat(state(method, "prediction")).containsExactly(prediction, within(1e-6));
        }
    }

    /// Each number is kept as the nearest float and what is left of it.
    private static double[] state(ImportanceWeightedAlignment method, String name) {
        double[] both = requireNonNull(method.state().get(name)).toDoubles();
        return IntStream.range(0, both.length / 2)
                .mapToDouble(i -> both[i] + both[both.length / 2 + i])
                .toArray();
    }

    private record Said(int predicted, int gold) {}

    private static List<Said> said(Model model, List<Item> items) {
        List<float[][]> probabilities = Predictor.probabilities(model, items, Precision.Float32, _ -> {});
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Said(
                        Prediction.argmax(probabilities.get(i)[0]), items.get(i).targets()[0]))
                .toList();
    }

    private static double[] predicted(List<Said> said) {
        double[] shares = new double[3];
        said.forEach(each -> shares[each.predicted()] += 1.0 / said.size());
        return shares;
    }

    /// A model that has learnt from the source, so that it predicts all classes, with mistakes.
    private Model opinionated() {
        FineTune settings = SettingsReader.of(
                FineTune.class, "{epochs: 4, batchSize: 4, learningRate: 3e-3, optimiser: {warmupFraction: 0}}");
        Model model = TinyTransfer.model(Head.Pooled);
        new TinyTransfer(folder.resolve("opinions"))
                .train(new FineTuning(model, TinyTransfer.source(), settings, Precision.Float32, 1), update -> {});
        return model;
    }

    @Test
    void a_critic_of_several_steps_reads_batches_of_its_own() {
        Iwda settings = settings("{" + PLAIN + ", criticSteps: 4}", TaskType.SequenceClassification);
        SourceAndTarget data = data();
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, data, settings)) {
            assertThat(method.updates()).isEqualTo(3); // 3 epochs of 5 batches, 5 an update
            assertThat(method.objectives(0))
                    .extracting(objective -> objective.name() + objective.steps())
                    .containsExactly(
                            "critic[critic]",
                            "critic[critic]",
                            "critic[critic]",
                            "critic[critic]",
                            "encoder[model, weights]");
        }
    }

    private static SourceAndTarget data() {
        return new SourceAndTarget(TinyTransfer.source(), new UnlabelledItems(TinyTransfer.target()), 3);
    }

    private static ImportanceWeightedAlignment method(Model model, SourceAndTarget data, Iwda settings) {
        boolean oracle = settings.importanceWeights() == Iwda.ImportanceWeights.Oracle;
        return new ImportanceWeightedAlignment(
                model, data, settings, oracle ? GoldPrior.of(TinyTransfer.target(), 3) : null, Precision.Float32, 1);
    }

    private static Iwda settings(String yaml, TaskType task) {
        Iwda given = SettingsReader.of(Iwda.class, yaml);
        return given.resolved(task, given.selection());
    }

    private float[] trained(String yaml) {
        SourceAndTarget data = data();
        Iwda settings = settings(yaml, TaskType.SequenceClassification);
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, data, settings)) {
            new TinyTransfer(folder).train(method, update -> {});
            return TinyTransfer.weights(model);
        }
    }

    private float[] fineTuned() {
        FineTune settings = SettingsReader.of(FineTune.class, "{" + BATCHES + "}");
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            new TinyTransfer(folder.resolve("plain"))
                    .train(new FineTuning(model, TinyTransfer.source(), settings, Precision.Float32, 1), update -> {});
            return TinyTransfer.weights(model);
        }
    }
}
