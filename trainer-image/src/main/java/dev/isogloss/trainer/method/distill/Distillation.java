package dev.isogloss.trainer.method.distill;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Distill;
import dev.isogloss.trainer.method.BatchStream;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.FrozenLayers;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A student learns the class distributions of a teacher.
///
///     L = 1/(n·k) Σᵢ ‖softmax(z_S(xᵢ)/τ) − softmax(z_T(xᵢ)/τ)‖²  +  α·CE(source)
///
/// Xian, Ji & Zhao (ICLR 2022), C.2: τ = 3, α = 0.1, over the texts of both languages.
/// Wu et al. (ACL 2020), Eqs. (3)–(5): τ = 1, α = 0, over the target's alone.
/// Neither scales by τ², as Hinton et al. (2015) do.
///
/// Paper (Xian et al.): freezes "the bottom three layers"; code of Wu et al.: freezes the embeddings with them, in the
/// teacher, too. Here the teacher is any model.
public final class Distillation implements Method {
    private final Model student;
    private final Distill settings;
    private final Precision precision;
    private final long seed;
    private final BatchStream stream;
    private final Map<Item, float[][]> tempered = new IdentityHashMap<>();
    private final Optimisation optimisation;

    /// A model that is asked for the class distributions of texts.
    @FunctionalInterface
    public interface Teacher {
        /// @return of each text, [units][k], at temperature 1
        List<float[][]> probabilities(List<Item> texts);
    }

    /// @param labelled texts of the source, whose labels count; may be none
    /// @param settings resolved
    public Distillation(
            Model student,
            List<Item> labelled,
            UnlabelledItems target,
            Teacher teacher,
            Distill settings,
            Precision precision,
            long seed) {
        this.student = student;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        double tau = Objects.requireNonNull(settings.temperature());
        List<Item> texts = Stream.concat(labelled.stream(), target.stream()).toList();
        List<float[][]> said = teacher.probabilities(texts);
        for (int i = 0; i < texts.size(); i++) tempered.put(texts.get(i), tempered(said.get(i), tau));
        this.stream = new BatchStream(texts, settings.batchSize(), settings.batchOrder(), seed);
        long updates = new Epochs(settings.epochs(), settings.maxUpdates()).updates(stream.batchesPerEpoch());
        this.optimisation = new Optimisation(
                List.of(new ParameterGroup(
                        "model",
                        FrozenLayers.without(
                                student.trainable(),
                                settings.frozenLayers(),
                                Boolean.TRUE.equals(settings.frozenEmbeddings())),
                        settings.learningRate(),
                        settings.optimiser(),
                        updates)),
                updates,
                stream.batchesPerEpoch());
    }

    /// softmax(z/τ) from softmax(z): its entries to the power of 1/τ, divided by their sum.
    public static float[][] tempered(float[][] probabilities, double tau) {
        float[][] result = new float[probabilities.length][];
        for (int i = 0; i < result.length; i++) {
            double[] powers = new double[probabilities[i].length];
            for (int j = 0; j < powers.length; j++) powers[j] = StrictMath.pow(probabilities[i][j], 1 / tau);
            double sum = Arrays.stream(powers).sum();
            result[i] = new float[powers.length];
            for (int j = 0; j < powers.length; j++) result[i][j] = (float) (powers[j] / sum);
        }
        return result;
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        List<Item> items = stream.batch(update);
        Dropout dropout = Dropout.of(settings.dropout(), seed, update);
        return List.of(Objective.of("distillation", () -> loss(items, dropout), List.of("model"), items));
    }

    private Tensor loss(List<Item> items, Dropout dropout) {
        Batch batch = student.batch(items);
        Tensor logits = student.logits(batch, dropout, precision); // [n, k]
        return loss(
                logits,
                teacherProbabilities(items),
                Tensor.of(batch.targets(), batch.targets().length),
                Objects.requireNonNull(settings.temperature()),
                Objects.requireNonNull(settings.sourceWeight()));
    }

    /// @param labels [n]; those of the target do not count
    public static Tensor loss(Tensor logits, Tensor teacherProbabilities, Tensor labels, double tau, double alpha) {
        Tensor loss = difference(logits, teacherProbabilities, tau);
        if (alpha == 0) return loss;
        return loss.plus(Losses.crossEntropy(logits, labels, 0, Item.UNLABELLED).times(alpha));
    }

    /// @param logits of the student, [n, k]
    /// @param teacherProbabilities the teacher's tempered probabilities, [n, k]
    public static Tensor difference(Tensor logits, Tensor teacherProbabilities, double tau) {
        return logits.dividedBy(tau)
                .softmax(1)
                .minus(teacherProbabilities)
                .square()
                .mean();
    }

    private Tensor teacherProbabilities(List<Item> items) {
        int k = student.labels().size();
        List<float[]> rows = new ArrayList<>();
        for (Item item : items) rows.addAll(Arrays.asList(Objects.requireNonNull(tempered.get(item))));
        float[] flat = new float[rows.size() * k];
        for (int i = 0; i < rows.size(); i++) System.arraycopy(rows.get(i), 0, flat, i * k, k);
        return Tensor.of(flat, rows.size(), k);
    }
}
