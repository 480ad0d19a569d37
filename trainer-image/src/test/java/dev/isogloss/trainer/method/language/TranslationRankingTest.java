package dev.isogloss.trainer.method.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.api.method.TrainingSettings;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.language.TranslationRanking.Pair;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranslationRankingTest {
    private static final double MARGIN = 0.3;
    private static final double SCALE = 20;
    private static final List<Pair> PAIRS = IntStream.range(0, 6)
            .mapToObj(i -> new Pair(
                    sequence(TinyTransfer.source().get(i)),
                    sequence(TinyTransfer.target().get(i))))
            .toList();

    /// φ(i, j) = s·(xᵢ·yⱼ − m·1[i = j]) and the mean of −log softmax over either axis, worked out here in doubles from
    /// vectors of one text at a time.
    @Test
    void each_text_is_told_from_all_translations_of_its_batch_and_each_translation_from_all_texts() {
        try (Model model = TinyTransfer.model(Head.Pooled);
                Scope _ = Scope.open()) {
            Objective objective = method(model).objectives(0).getFirst();
            int n = PAIRS.size();
            double[][] scores = new double[n][n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    scores[i][j] = SCALE
                            * (dot(
                                            vector(model, PAIRS.get(i).text()),
                                            vector(model, PAIRS.get(j).translation()))
                                    - (i == j ? MARGIN : 0));
            double expected = 0;
            for (int i = 0; i < n; i++) {
                int own = i;
                expected += logSumExp(scores[i]) - scores[i][i];
                expected += logSumExp(IntStream.range(0, n)
                                .mapToDouble(j -> scores[j][own])
                                .toArray())
                        - scores[i][i];
            }

            assertThat(objective.parts().getFirst().loss().get().toDouble()).isCloseTo(expected / n, within(1e-3));
            assertThat(objective.examples()).isEqualTo(12);
            assertThat(objective.tokens())
                    .isEqualTo(PAIRS.stream()
                            .mapToInt(pair -> pair.text().ids().length
                                    + pair.translation().ids().length)
                            .sum());
        }
    }

    private static TranslationRanking method(Model model) {
        Optimiser optimiser = new Optimiser(0, 0.9, 0.999, 1e-8, 0, Schedule.Constant, 0);
        TrainingSettings training = new TrainingSettings(1, null, 6, 0, BatchOrder.Random, optimiser);
        return new TranslationRanking(
                model.encoder(), PAIRS, new RankTranslations(training, 16, 1e-3, MARGIN, SCALE), Precision.Float32, 1);
    }

    /// The second half of each text is of the other type, as that of a pair is.
    private static TokenSequence sequence(Item item) {
        return new TokenSequence(
                item.ids(),
                IntStream.range(0, item.length())
                        .map(at -> 2 * at / item.length())
                        .toArray());
    }

    private static double[] vector(Model model, TokenSequence sequence) {
        TokenBatch one = TokenBatch.of(List.of(sequence.ids()), List.of(sequence.types()), 0);
        return SentenceVectors.of(model.encoder(), one, Dropout.none(), Precision.Float32)
                .toDoubles();
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
    }

    private static double logSumExp(double[] scores) {
        double sum = 0;
        for (double score : scores) sum += Math.exp(score);
        return Math.log(sum);
    }
}
