package dev.isogloss.trainer.method.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.VocabularyReduction;
import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingListener;
import dev.isogloss.trainer.method.Objective.Part;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Criterion;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FineTuningTest {
    private static final String PLAIN = "epochs: 3, batchSize: 4, learningRate: 1e-3";
    private static final LabelSet LABELS = new LabelSet(List.of("a", "b", "c"));

    @TempDir
    Path folder;

    private int trainings;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epochs: 2, batchSize: 4, learningRate: 1e-3",
                "epochs: 3, batchSize: 6, learningRate: 1e-3",
                "epochs: 3, batchSize: 4, learningRate: 1.1e-3",
                PLAIN + ", maxUpdates: 5",
                PLAIN + ", gradientAccumulation: 2",
                PLAIN + ", labelSmoothing: 0.1",
                PLAIN + ", dropout: 0.2",
                PLAIN + ", dropout: 0",
                PLAIN + ", headDropout: 0.5",
                PLAIN + ", headDropout: 0",
                PLAIN + ", confidencePenalty: 0.5",
                PLAIN + ", frozenEmbeddings: true",
                PLAIN + ", frozenLayers: 1",
                PLAIN + ", sources: OnePerBatch",
                PLAIN + ", batchOrder: Random",
                PLAIN + ", optimiser: {weightDecay: 0.5}",
                PLAIN + ", optimiser: {beta1: 0.8}",
                PLAIN + ", optimiser: {beta2: 0.9}",
                PLAIN + ", optimiser: {epsilon: 1e-3}",
                PLAIN + ", optimiser: {clipNorm: 0.1}",
                PLAIN + ", optimiser: {schedule: Constant}",
                PLAIN + ", optimiser: {schedule: Cosine}",
                PLAIN + ", optimiser: {warmupFraction: 0.5}",
            })
    void every_hyperparameter_moves_the_result(String settings) {
        assertThat(Arrays.equals(trained(settings, 1, false), trained(PLAIN, 1, false)))
                .isFalse();
    }

    @Test
    void a_penalty_of_zero_leaves_every_weight_the_bits_of_a_training_without_the_field() {
        assertThat(trained(PLAIN + ", confidencePenalty: 0", 1, false)).containsExactly(trained(PLAIN, 1, false));
    }

    @Test
    void the_exponent_moves_what_one_source_a_batch_reads() {
        String separate = PLAIN + ", sources: OnePerBatch";

        assertThat(Arrays.equals(trained(separate + ", samplingExponent: 0.7", 1, false), trained(separate, 1, false)))
                .isFalse();
        assertThat(Arrays.equals(
                        trained(separate + ", samplingExponent: 0.7", 1, false),
                        trained(separate + ", samplingExponent: 0", 1, false)))
                .isFalse();
    }

    @Test
    void what_is_frozen_stays_and_the_rest_is_trained() {
        assertThat(unmoved("frozenEmbeddings: true, frozenLayers: 1"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("embeddings.") || name.startsWith("encoder.layer.0."))
                .contains("embeddings.word_embeddings.weight", "encoder.layer.0.output.dense.weight");
        assertThat(unmoved("frozenLayers: 2")).allMatch(name -> name.startsWith("encoder.layer."));
        assertThat(unmoved("dropout: 0.1")).isEmpty();
    }

    private List<String> unmoved(String fields) {
        FineTune settings = SettingsReader.of(FineTune.class, "{" + PLAIN + ", " + fields + "}");
        try (Model before = TinyTransfer.model(Head.Pooled);
                Model after = TinyTransfer.model(Head.Pooled)) {
            FineTuning method = new FineTuning(after, items(), settings, Precision.Float32, 1);
            new TinyTransfer(folder.resolve("unmoved" + trainings++)).train(method, update -> {});
            return before.trainable().keySet().stream()
                    .filter(name -> Arrays.equals(
                            before.trainable().get(name).toFloats(),
                            after.trainable().get(name).toFloats()))
                    .toList();
        }
    }

    /// Three batches of sentences of one to four labelled words, and one that has a word without a label: each word
    /// counts once, whichever batch it is in.
    @Test
    void micro_batches_weigh_as_much_as_they_have_predictions() {
        List<Item> items = IntStream.range(0, 12)
                .mapToObj(i -> {
                    int[] ids = IntStream.range(0, 6)
                            .map(at -> 5 + (7 * i + at) % 25)
                            .toArray();
                    int words = 1 + i / 3;
                    int[] targets =
                            IntStream.range(0, words).map(at -> (i + at) % 3).toArray();
                    if (i == 11) targets[0] = Item.UNLABELLED;
                    return new Item(
                            i, ids, new int[6], IntStream.range(0, words).toArray(), 0, targets);
                })
                .toList();
        FineTune settings =
                SettingsReader.of(FineTune.class, "{epochs: 1, batchSize: 5, gradientAccumulation: 3, dropout: 0}");
        try (Model model = TinyTransfer.model(Head.Token);
                Scope _ = Scope.open()) {
            List<Tensor> weights = List.copyOf(model.trainable().values());
            List<Part> parts = new FineTuning(model, items, settings, Precision.Float32, 1)
                    .objectives(0)
                    .getFirst()
                    .parts();
            Tensor whole = GradMode.with(
                    () -> model.loss(model.batch(items), Criterion.CROSS_ENTROPY, Dropout.none(), Precision.Float32));
            Tensor summed = GradMode.with(() -> parts.stream()
                    .map(part -> part.loss().get().times(part.weight()))
                    .reduce(Tensor.scalar(0), Tensor::plus));

            assertThat(parts).hasSize(3);
            assertThat(parts.stream().mapToDouble(Part::weight).sum()).isCloseTo(1, within(1e-12));
            assertThat(summed.toDouble()).isCloseTo(whole.toDouble(), within(1e-5));
            List<Tensor> wanted = Gradients.of(whole, weights, false);
            List<Tensor> given = Gradients.of(summed, weights, false);
            for (int i = 0; i < weights.size(); i++)
                assertThat(given.get(i).toDoubles())
                        .containsExactly(wanted.get(i).toDoubles(), within(1e-6));
        }
    }

    @Test
    void the_same_seed_gives_the_same_bits_and_another_seed_others() {
        assertThat(trained(PLAIN, 1, false)).containsExactly(trained(PLAIN, 1, false));
        assertThat(Arrays.equals(trained(PLAIN, 2, false), trained(PLAIN, 1, false)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"weightDecay: 0, clipNorm: 0", "weightDecay: 0.3, clipNorm: 0", "weightDecay: 0.3, clipNorm: 1"})
    void reducing_the_word_table_to_the_words_that_occur_changes_nothing(String optimiser) {
        String settings = PLAIN + ", optimiser: {" + optimiser + "}";

        float[] whole = trained(settings, 1, false);
        float[] reduced = trained(settings, 1, true);

        // Norms are summed in another order when rows of zeros are missing, hence not the same bits.
        for (int i = 0; i < whole.length; i++) assertThat(reduced[i]).isCloseTo(whole[i], within(2e-6f));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Biaffine") // a parser tells no classes apart
    void every_head_learns_to_tell_the_labels_of_its_training_examples(Head head) {
        double[] losses = new double[1];
        train("epochs: 40, batchSize: 8, learningRate: 3e-3, dropout: 0", 1, false, head, losses);

        assertThat(losses[0]).isLessThan(0.1);
    }

    private float[] trained(String settings, long seed, boolean compact) {
        return train(settings, seed, compact, Head.Pooled, new double[1]);
    }

    /// @return the word table and the head's weights
    private float[] train(String settings, long seed, boolean compact, Head head, double[] lastLoss) {
        EncoderConfig config = new EncoderConfig(EncoderFamily.BERT, 60, 32, 2, 2, 64, 16, 2, 1e-12, 0, 0.1, 0.1);
        List<Item> items = items();
        FineTune fineTune = SettingsReader.of(FineTune.class, "{" + settings + "}");
        try (Model model = Model.fresh(
                Encoder.fresh(config, RandomStream.of(5, "encoder")),
                new ClassifierHead(head, false),
                LABELS,
                "{}",
                RandomStream.of(5, "head"))) {
            VocabularyReduction words = compact ? model.compact(items) : null;
            List<List<Item>> sources = List.of(items.subList(0, 14), items.subList(14, items.size()));
            FineTuning method =
                    new FineTuning(model, sources, fineTune, Precision.Float32, seed, AuxiliaryObjective.NONE);
            new Training(
                            method,
                            null,
                            new Checkpoints(folder.resolve("checkpoint" + trainings++)),
                            Duration.ofHours(1),
                            0,
                            new LastLoss(lastLoss))
                    .run();
            if (words != null) {
                double shrunk = 1;
                ParameterGroup group = method.groups().getFirst();
                for (long update = 0; update < method.updates(); update++)
                    shrunk *= 1 - group.rate().at(update) * fineTune.optimiser().weightDecay();
                words.applyDecay(shrunk);
                model.encoder().expand();
            }
            float[] table = model.encoder()
                    .parameters()
                    .get("embeddings.word_embeddings.weight")
                    .toFloats();
            float[] weights = model.headWeights().get("classifier.weight").toFloats();
            float[] both = Arrays.copyOf(table, table.length + weights.length);
            System.arraycopy(weights, 0, both, table.length, weights.length);
            return both;
        }
    }

    /// Twenty short texts over half of the vocabulary; the first word gives the label away.
    private static List<Item> items() {
        RandomStream random = RandomStream.of(9, "items");
        return IntStream.range(0, 20)
                .mapToObj(i -> {
                    int[] ids = IntStream.range(0, 4 + i % 5)
                            .map(at -> 5 + random.nextInt(25))
                            .toArray();
                    ids[1] = 5 + i % 3;
                    return new Item(i, ids, new int[ids.length], new int[] {0}, 0, new int[] {i % 3});
                })
                .toList();
    }

    private record LastLoss(double[] loss) implements TrainingListener {
        @Override
        public void resumed(long update) {}

        @Override
        public void updated(long update, long of, double newest) {
            loss[0] = newest;
        }

        @Override
        public void read(long examples, long tokens) {}

        @Override
        public void curve(long update, Map<String, Double> values) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
