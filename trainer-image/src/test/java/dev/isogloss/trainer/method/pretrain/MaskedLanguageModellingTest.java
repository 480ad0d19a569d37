package dev.isogloss.trainer.method.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Objective.Part;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Sequences of one ordinary piece each between two special ones: it is always what is hidden, so that all of them are
/// read as the same three ids.
class MaskedLanguageModellingTest {
    private static final int MASK = 4;
    private static final int[] TYPES = {0, 1, 1};
    private static final List<TokenSequence> TEXTS = IntStream.of(7, 30, 7, 55, 12)
            .mapToObj(piece -> new TokenSequence(new int[] {2, piece, 3}, TYPES))
            .toList();

    /// −log softmax(logits)[x] of each text's piece, worked out here from the logits at the mask.
    @Test
    void the_loss_is_the_cross_entropy_of_what_was_hidden_read_from_what_is_shown() {
        try (Model model = model();
                Scope _ = Scope.open()) {
            double loss = method(model.encoder(), "batchSize: 5")
                    .objectives(0)
                    .getFirst()
                    .parts()
                    .getFirst()
                    .loss()
                    .get()
                    .toDouble();

            double[] logits = logitsAtTheMask(model.encoder());
            double expected = 0;
            for (TokenSequence text : TEXTS) expected += logSumExp(logits) - logits[text.ids()[1]];
            assertThat(loss).isCloseTo(expected / TEXTS.size(), within(1e-5));
        }
    }

    @Test
    void micro_batches_weigh_as_much_as_they_have_hidden_pieces() {
        try (Model model = model();
                Scope _ = Scope.open()) {
            Objective objective = method(model.encoder(), "batchSize: 2, gradientAccumulation: 3")
                    .objectives(0)
                    .getFirst();

            assertThat(objective.parts()).extracting(Part::weight).containsExactlyInAnyOrder(0.4, 0.4, 0.2);
            assertThat(objective.examples()).isEqualTo(5);
            assertThat(objective.tokens()).isEqualTo(15);
        }
    }

    @Test
    void the_head_for_words_is_trained_and_the_pooler_is_not() {
        try (Model model = model()) {
            var trained =
                    method(model.encoder(), "batchSize: 5").groups().getFirst().parameters();

            assertThat(trained.keySet())
                    .containsAll(model.encoder().mlmHead().names())
                    .noneMatch(name -> name.startsWith("pooler."))
                    .contains("embeddings.word_embeddings.weight");
            assertThat(model.encoder().parameters().names()).anyMatch(name -> name.startsWith("pooler."));
        }
    }

    private static Model model() {
        Model model = TinyTransfer.model(Head.Pooled);
        model.encoder().addMlmHead(RandomStream.of(5, "word head"));
        return model;
    }

    private static MaskedLanguageModelling method(Encoder encoder, String settings) {
        Pretrain pretrain = SettingsReader.of(
                Pretrain.class, "{dropout: 0, masking: {replacedByMask: 1, replacedByRandom: 0}, " + settings + "}");
        BitSet special = new BitSet();
        special.set(0, 5);
        TokenMasking masking = new TokenMasking(pretrain.masking(), MASK, 60, special, new BitSet());
        return new MaskedLanguageModelling(encoder, masking, List.of(TEXTS), List.of(), pretrain, Precision.Float32, 1);
    }

    private static double[] logitsAtTheMask(Encoder encoder) {
        TokenBatch seen = TokenBatch.of(List.of(new int[] {2, MASK, 3}), List.of(TYPES), 0);
        return encoder.maskedLogits(
                        encoder.encode(seen, OutputRequest.all(), Dropout.none(), Precision.Float32)
                                .last()
                                .slice(0, 1, 2),
                        Precision.Float32)
                .toDoubles();
    }

    private static double logSumExp(double[] logits) {
        double sum = 0;
        for (double logit : logits) sum += Math.exp(logit);
        return Math.log(sum);
    }
}
