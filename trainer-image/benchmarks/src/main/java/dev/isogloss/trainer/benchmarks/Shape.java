package dev.isogloss.trainer.benchmarks;

import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;

/// The encoders that both sides are measured on.
enum Shape {
    tiny(16_384, 128, 2),
    small(16_384, 256, 4),
    e5(250_037, 384, 12),
    mbert(119_547, 768, 12);

    private final int vocabulary;
    private final int hidden;
    private final int layers;

    Shape(int vocabulary, int hidden, int layers) {
        this.vocabulary = vocabulary;
        this.hidden = hidden;
        this.layers = layers;
    }

    EncoderConfig config() {
        return new EncoderConfig(
                EncoderFamily.BERT, vocabulary, hidden, layers, hidden / 64, 4 * hidden, 512, 2, 1e-12, 0, 0.1, 0.1);
    }
}
