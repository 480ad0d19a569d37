package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.analysis.TokenMeans.Stretch;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.Fixtures;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenMeansTest {
    private enum Family {
        Bert(EncoderFamily.BERT),
        Roberta(EncoderFamily.XLM_ROBERTA);

        private final EncoderFamily family;

        Family(EncoderFamily family) {
            this.family = family;
        }
    }

    @BeforeAll
    static void engine() {
        Engine.start(1, Device.CPU, true);
    }

    private static Encoding text(int number) {
        int length = 4 + number % 9;
        int[] ids = IntStream.range(0, length)
                .map(i -> 2 + (31 * number + 7 * i) % 90)
                .toArray();
        return new Encoding(ids, new int[length], new int[length]);
    }

    /// Texts one by one, without padding, token by token.
    private static double[] plainly(Encoder encoder, int layer, Stretch stretch) {
        try (Scope _ = Scope.open()) {
            double[] states = encoder.encode(
                            TokenBatch.of(
                                    List.of(stretch.text().ids()),
                                    List.of(stretch.text().types()),
                                    encoder.config().padId()),
                            OutputRequest.all().withHidden(),
                            Dropout.none(),
                            Precision.Float32)
                    .hidden()
                    .get(layer)
                    .toDoubles();
            int h = encoder.config().hidden();
            double[] mean = new double[h];
            for (int token = stretch.from(); token < stretch.to(); token++)
                for (int k = 0; k < h; k++) mean[k] += states[token * h + k] / (stretch.to() - stretch.from());
            return mean;
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void vectors_are_means_over_the_tokens_of_their_own_text_in_whatever_batch_it_is_read(Family family) {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Encoding text = text(i);
            stretches.add(new Stretch(text, 1, 3));
            stretches.add(new Stretch(text, 0, text.length()));
            if (i % 3 == 0) stretches.addFirst(new Stretch(text, 2, 3));
        }
        try (Scope _ = Scope.open();
                Encoder encoder = Fixtures.encoder(family.family)) {
            for (int layer = 0; layer <= encoder.config().layers(); layer++) {
                double[][] means = TokenMeans.of(encoder, layer, stretches, Precision.Float32);
                for (int i = 0; i < means.length; i++)
                    assertThat(means[i])
                            .as("layer %d, stretch %d", layer, i)
                            .containsExactly(plainly(encoder, layer, stretches.get(i)), within(2e-5));
            }
        }
    }
}
