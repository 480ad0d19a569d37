package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.adversarial.AdversarialAlignment;
import dev.isogloss.trainer.method.distill.Distillation;
import dev.isogloss.trainer.method.selftraining.PseudoLabelPool;
import dev.isogloss.trainer.method.selftraining.SelfTrainingMethod;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The methods that IWDA is compared with, whole.
class BaselinesTest {
    @TempDir
    Path folder;

    // ---- distillation

    private static final String DISTILL = "epochs: 2, batchSize: 4, learningRate: 1e-3, frozenLayers: 0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epochs: 3",
                "maxUpdates: 3",
                "batchSize: 5",
                "learningRate: 2e-3",
                "dropout: 0",
                "batchOrder: Random",
                "optimiser: {weightDecay: 0.5}",
                "preset: TeacherStudent",
                "temperature: 2",
                "sourceWeight: 0",
                "frozenLayers: 1",
                "frozenEmbeddings: true",
            })
    void every_hyperparameter_of_a_distillation_moves_the_result(String other) {
        assertThat(Arrays.equals(distilled(with(DISTILL, other)), distilled("{" + DISTILL + "}")))
                .isFalse();
    }

    @Test
    void what_is_frozen_stays() {
        Distill settings = resolved(Distill.class, "{" + DISTILL.replace("frozenLayers: 0", "frozenLayers: 1") + "}");
        try (Model student = TinyTransfer.model(Head.Pooled);
                Model teacher = TinyTransfer.model(Head.Pooled)) {
            var method = distillation(student, settings);
            new TinyTransfer(folder).train(method, update -> {});

            String frozen = "encoder.layer.0.output.dense.weight";
            String learnt = "encoder.layer.1.output.dense.weight";
            assertThat(weight(student, frozen)).containsExactly(weight(teacher, frozen));
            assertThat(weight(student, learnt)).isNotEqualTo(weight(teacher, learnt));
        }
    }

    /// 1/(n·k) Σ ‖softmax(z/τ) − q‖² + α·CE(source), worked out in doubles; q has the roots of the teacher's
    /// probabilities, divided by their sum.
    @ParameterizedTest
    @CsvSource({"3, 0.1", "3, 0", "2, 0.5", "1, 0.1"})
    void the_loss_compares_the_tempered_student_with_the_tempered_teacher(double tau, double alpha) {
        Distill settings = resolved(
                Distill.class,
                "{batchSize: 40, dropout: 0, frozenLayers: 0, temperature: %s, sourceWeight: %s}"
                        .formatted(tau, alpha));
        List<Item> source = TinyTransfer.source();
        List<Item> texts = new ArrayList<>(source);
        texts.addAll(TinyTransfer.target());
        try (Model student = TinyTransfer.model(Head.Pooled);
                Scope _ = Scope.open()) {
            double loss = distillation(student, settings)
                    .objectives(0)
                    .getFirst()
                    .parts()
                    .getFirst()
                    .loss()
                    .get()
                    .toDouble();

            double squares = 0;
            double crossEntropy = 0;
            for (int i = 0; i < texts.size(); i++) {
                double[] z = student.logits(student.batch(List.of(texts.get(i))), Dropout.none(), Precision.Float32)
                        .toDoubles();
                double[] p = doubles(texts.get(i));
                double[] ours = softmax(Arrays.stream(z).map(each -> each / tau).toArray());
                double[] theirs = softmax(
                        Arrays.stream(p).map(each -> Math.log(each) / tau).toArray());
                for (int j = 0; j < 3; j++) squares += (ours[j] - theirs[j]) * (ours[j] - theirs[j]);
                if (i < source.size())
                    crossEntropy -= Math.log(softmax(z)[source.get(i).targets()[0]]);
            }
            assertThat(loss)
                    .isCloseTo(squares / (3 * texts.size()) + alpha * crossEntropy / source.size(), within(1e-6));
        }
    }

    private static double[] doubles(Item text) {
        float[] row = said(List.of(text)).getFirst()[0];
        return new double[] {row[0], row[1], row[2]};
    }

    private static double[] softmax(double[] z) {
        double[] powers = Arrays.stream(z).map(Math::exp).toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    private static float[] weight(Model model, String name) {
        return model.encoder().parameters().get(name).toFloats();
    }

    private static Distillation distillation(Model student, Distill settings) {
        return new Distillation(
                student,
                TinyTransfer.source(),
                new UnlabelledItems(TinyTransfer.target()),
                BaselinesTest::said,
                settings,
                Precision.Float32,
                1);
    }

    /// Of a teacher that is sure of the right label, which the second word gives away.
    private static List<float[][]> said(List<Item> texts) {
        return texts.stream()
                .map(item -> sure(item.ids()[1] - (item.ids()[1] < 30 ? 5 : 30)))
                .toList();
    }

    private static float[][] sure(int label) {
        float[] row = {0.05f, 0.05f, 0.05f};
        row[label] = 0.9f;
        return new float[][] {row};
    }

    private float[] distilled(String yaml) {
        Distill settings = resolved(Distill.class, yaml);
        try (Model student = TinyTransfer.model(Head.Pooled)) {
            new TinyTransfer(folder.resolve("d" + System.nanoTime()))
                    .train(distillation(student, settings), update -> {});
            return TinyTransfer.weights(student);
        }
    }

    // ---- self-training

    private static final String SELF = "epochs: 2, batchSize: 4, learningRate: 1e-3, fraction: 0.25, rounds: 3";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epochs: 3",
                "batchSize: 3",
                "learningRate: 2e-3",
                "dropout: 0",
                "batchOrder: Random",
                "optimiser: {clipNorm: 0.1}",
                "fraction: 0.5",
                "rounds: 2",
                "restart: true",
                "adversarialTraining: {}",
                "adversarialTraining: {perturb: WordTable, steps: 1, clean: true}",
                "select: PerClass",
            })
    void every_hyperparameter_of_a_self_training_moves_the_result(String other) {
        assertThat(Arrays.equals(selfTrained(with(SELF, other)), selfTrained("{" + SELF + "}")))
                .isFalse();
    }

    @Test
    void a_round_adds_its_share_until_the_pool_is_used() {
        SelfTrain settings = resolved(SelfTrain.class, "{" + SELF.replace("rounds: 3", "rounds: 6") + "}");
        List<Integer> learnt = new ArrayList<>();
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = new SelfTrainingMethod(
                        model,
                        Map.of(),
                        TinyTransfer.source(),
                        new UnlabelledItems(TinyTransfer.target()),
                        settings,
                        Precision.Float32,
                        1)) {
            new TinyTransfer(folder)
                    .train(method, update -> learnt.add(method.labels().learnt().size()));

            assertThat(method.labels().left()).isEmpty();
        }
        assertThat(learnt.stream().distinct()).containsExactly(4, 8, 12, 16);
    }

    /// Sixteen texts at a fiftieth are sixteen rounds of one more each, in batches of four: 4·(1 + 2 + 3 + 4) updates.
    /// Each of the three rounds that are asked for beyond 1/fraction has four.
    @Test
    void a_round_that_adds_nothing_is_not_trained_unless_it_was_asked_for() {
        assertThat(updates("{batchSize: 4}")).isEqualTo(40);
        assertThat(updates("{batchSize: 4, rounds: 53}")).isEqualTo(40 + 3 * 4);
    }

    private static long updates(String yaml) {
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = new SelfTrainingMethod(
                        model,
                        Map.of(),
                        TinyTransfer.source(),
                        new UnlabelledItems(TinyTransfer.target()),
                        resolved(SelfTrain.class, yaml),
                        Precision.Float32,
                        1)) {
            return method.updates();
        }
    }

    @Test
    void of_each_predicted_label_no_more_than_asked_for_are_added() {
        SelfTrain settings = resolved(SelfTrain.class, "{select: PerClass, perClass: 2, rounds: 1}");
        List<Item> pool = TinyTransfer.target();
        try (PseudoLabelPool labels = new PseudoLabelPool(new UnlabelledItems(pool), 3, settings)) {
            List<float[][]> probabilities = new ArrayList<>();
            for (int i = 0; i < pool.size(); i++) {
                float sure = 0.5f + 0.01f * (i % 7);
                float[] row = {(1 - sure) / 2, (1 - sure) / 2, (1 - sure) / 2};
                row[i < 15 ? 0 : 2] = sure;
                probabilities.add(new float[][] {row});
            }
            labels.add(0, labels.left(), probabilities);

            // the surest of the first label are the 7th and the 14th; the last label has one text only
            assertThat(labels.learnt()).extracting(Item::example).containsExactly(6, 13, 15);
            assertThat(labels.learnt()).extracting(item -> item.targets()[0]).containsExactly(0, 0, 2);
        }
    }

    private float[] selfTrained(String yaml) {
        SelfTrain settings = resolved(SelfTrain.class, yaml);
        try (Model model = TinyTransfer.model(Head.Pooled);
                Model fresh = TinyTransfer.model(Head.Pooled);
                var method = new SelfTrainingMethod(
                        model,
                        settings.restart() ? fresh.trainable() : Map.of(),
                        TinyTransfer.source(),
                        new UnlabelledItems(TinyTransfer.target()),
                        settings,
                        Precision.Float32,
                        1)) {
            new TinyTransfer(folder.resolve("s" + System.nanoTime())).train(method, update -> {});
            return TinyTransfer.weights(model);
        }
    }

    // ---- adversarial alignment

    private static final String ADVERSARIAL =
            "epochs: 2, batchSize: 4, learningRate: 1e-3, generatorLearningRate: 1e-3, discriminatorLearningRate: 1e-2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reads: Words",
                "epochs: 3",
                "maxUpdates: 3",
                "batchSize: 5",
                "learningRate: 2e-3",
                "generatorLearningRate: 2e-3",
                "discriminatorLearningRate: 2e-2",
                "frozenTaskLayers: 1",
                "dropout: 0",
                "batchOrder: Random",
                "optimiser: {beta1: 0.5}",
            })
    void every_hyperparameter_of_an_adversarial_alignment_moves_the_result(String other) {
        assertThat(Arrays.equals(aligned(with(ADVERSARIAL, other)), aligned("{" + ADVERSARIAL + "}")))
                .isFalse();
    }

    @Test
    void the_width_of_the_words_discriminator_moves_the_result() {
        String words = ADVERSARIAL + ", reads: Words";

        assertThat(Arrays.equals(aligned("{" + words + ", discriminatorWidth: 7}"), aligned("{" + words + "}")))
                .isFalse();
    }

    @Test
    void three_optimisers_step_in_turn() {
        AdversarialAlign settings = resolved(AdversarialAlign.class, "{}");
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = new AdversarialAlignment(
                        model,
                        TinyTransfer.source(),
                        new UnlabelledItems(TinyTransfer.target()),
                        settings,
                        Precision.Float32,
                        1)) {
            assertThat(method.objectives(0))
                    .extracting(Objective::name)
                    .containsExactly("task", "discriminator", "generator");
            assertThat(method.groups()).extracting(group -> group.rate().peak()).containsExactly(6e-6, 5e-5, 6e-8);
        }
    }

    private float[] aligned(String yaml) {
        AdversarialAlign settings = resolved(AdversarialAlign.class, yaml);
        boolean words = settings.reads() == AdversarialAlign.Reads.Words;
        List<Item> source = words ? TinyTransfer.words(TinyTransfer.source()) : TinyTransfer.source();
        List<Item> target = words ? TinyTransfer.words(TinyTransfer.target()) : TinyTransfer.target();
        try (Model model = TinyTransfer.model(words ? Head.Token : Head.Pooled);
                var method = new AdversarialAlignment(
                        model, source, new UnlabelledItems(target), settings, Precision.Float32, 1)) {
            new TinyTransfer(folder.resolve("a" + System.nanoTime())).train(method, update -> {});
            return TinyTransfer.weights(model);
        }
    }

    // ---- settings

    @SuppressWarnings("unchecked")
    private static <S> S resolved(Class<S> type, String yaml) {
        if (type == Distill.class) {
            Distill given = SettingsReader.of(Distill.class, yaml);
            return (S) given.resolved(given.selection());
        }
        if (type == SelfTrain.class) {
            SelfTrain given = SettingsReader.of(SelfTrain.class, yaml);
            return (S) given.resolved(given.selection());
        }
        AdversarialAlign given = SettingsReader.of(AdversarialAlign.class, yaml);
        return (S) given.resolved(given.selection());
    }

    private static String with(String plain, String other) {
        String name = other.substring(0, other.indexOf(':'));
        List<String> kept = Arrays.stream(plain.split(", "))
                .filter(setting -> !setting.startsWith(name + ":"))
                .toList();
        return "{" + String.join(", ", kept) + ", " + other + "}";
    }
}
