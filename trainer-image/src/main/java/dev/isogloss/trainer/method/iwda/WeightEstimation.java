package dev.isogloss.trainer.method.iwda;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.Iwda.ImportanceWeights;
import dev.isogloss.trainer.task.HeadOutput;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The importance weights of a training: w⁰ before the first update, C and t as the batches move them, and the loss
/// that w descends, ‖Cw − t‖².
///
/// Authors' code: counts ‖Cw − t‖² twice an update (after either language's statistics moved). With preset `Paper` it
/// counts once, after both.
final class WeightEstimation implements AutoCloseable {
    private final SourceAndTarget data;
    private final Iwda settings;
    private final @Nullable GoldPrior gold;
    private final double[] p;
    private final RunningConfusion statistics;
    private final ClassWeights weights;

    /// @param settings resolved
    /// @param gold     where the weights are Oracle, and nowhere else
    WeightEstimation(SourceAndTarget data, Iwda settings, @Nullable GoldPrior gold) {
        if ((settings.importanceWeights() == ImportanceWeights.Oracle) != (gold != null))
            throw new IllegalArgumentException("Oracle weights, and no others, are made of gold labels");
        this.data = data;
        this.settings = settings;
        this.gold = gold;
        this.p = data.sourcePrior();
        this.statistics = new RunningConfusion(data.labels(), settings.weights().statisticsRate());
        this.weights = new ClassWeights(p, requireNonNull(settings.weights().projection()), isTrained());
    }

    /// True if w is trained, and not given.
    boolean isTrained() {
        return settings.importanceWeights() == ImportanceWeights.Estimated;
    }

    /// d = w − w⁰, what the optimiser moves.
    Tensor moved() {
        return weights.moved();
    }

    /// w⁰, from one pass over both languages where it is estimated.
    void begin(Model model, Precision precision, long seed) {
        double[] w0 =
                switch (settings.importanceWeights()) {
                    case Uniform -> uniform();
                    case Oracle -> InitialWeights.oracle(requireNonNull(gold).shares(), p);
                    case Estimated ->
                        firstEstimate(new InitialStatistics(
                                model, precision, settings.weights().initialExamples(), seed));
                };
        weights.begin(w0);
        statistics.begin(p, w0, settings.preset() == Iwda.Variant.AuthorsCodeAsIs);
    }

    private double[] uniform() {
        double[] w = new double[p.length];
        Arrays.fill(w, 1);
        return w;
    }

    private double[] firstEstimate(InitialStatistics pass) {
        double[] solution = InitialWeights.solve(
                pass.confusion(data.source()),
                pass.prediction(data.target().items()),
                p,
                settings.preset() == Iwda.Variant.AuthorsCodeAsIs);
        return InitialWeights.towardsUniform(solution, settings.weights().initialUniform());
    }

    /// Brings w within the constraints.
    void project() {
        weights.project();
    }

    /// w̃[y], [n]; 0 for an item without a label, of which a labelled source has none.
    ///
    /// @param a how far w is ramped in
    Tensor of(Tensor labels, double a) {
        return GradMode.without(
                () -> weights.current().times(a).plus(1).minus(a).asFloat().rows(labels));
    }

    /// ‖Cw − t‖² with the statistics moved by this batch.
    ///
    /// @param gold labels of the source's predictions, [n]
    Tensor loss(HeadOutput source, Tensor gold, HeadOutput target) {
        statistics.source(predicted(source), gold);
        if (settings.preset() == Iwda.Variant.Paper) {
            statistics.target(predicted(target));
            return current().asFloat();
        }
        Tensor between = current();
        statistics.target(predicted(target));
        return between.plus(current()).asFloat();
    }

    private Tensor current() {
        return weights.loss(statistics.confusion(), statistics.prediction());
    }

    private static Tensor predicted(HeadOutput batch) {
        return batch.logits().detach().argmax(1);
    }

    /// w of the last projection, read from the device.
    double[] last() {
        return weights.current().toDoubles();
    }

    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(statistics.state());
        state.putAll(weights.state());
        return state;
    }

    @Override
    public void close() {
        statistics.close();
        weights.close();
    }
}
