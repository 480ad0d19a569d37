package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The weights of an encoder, by the names Hugging Face gives them without the family's prefix, and their first
/// values.
final class Weights {

    static final String WORDS = "embeddings.word_embeddings.weight";
    static final String POSITIONS = "embeddings.position_embeddings.weight";
    static final String TYPES = "embeddings.token_type_embeddings.weight";

    private static final double STANDARD_DEVIATION = 0.02;

    private Weights() {}

    /// Names and shapes of the encoder, pooler last.
    static Map<String, long[]> shapes(EncoderConfig c) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(WORDS, new long[] {c.vocabularySize(), c.hidden()});
        shapes.put(POSITIONS, new long[] {c.maxPositions(), c.hidden()});
        shapes.put(TYPES, new long[] {c.typeVocabulary(), c.hidden()});
        norm(shapes, "embeddings.LayerNorm", c.hidden());
        for (int i = 0; i < c.layers(); i++) {
            String layer = layer(i);
            for (String part : new String[] {"self.query", "self.key", "self.value", "output.dense"}) {
                linear(shapes, layer + "attention." + part, c.hidden(), c.hidden());
            }
            norm(shapes, layer + "attention.output.LayerNorm", c.hidden());
            linear(shapes, layer + "intermediate.dense", c.feedForward(), c.hidden());
            linear(shapes, layer + "output.dense", c.hidden(), c.feedForward());
            norm(shapes, layer + "output.LayerNorm", c.hidden());
        }
        linear(shapes, "pooler.dense", c.hidden(), c.hidden());
        return shapes;
    }

    /// Names and shapes of the masked-language-model head, without the word table it shares with the encoder.
    static Map<String, long[]> mlmHeadShapes(EncoderConfig c) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        MlmHeadNames names = MlmHeadNames.of(c.family());
        linear(shapes, names.dense(), c.hidden(), c.hidden());
        norm(shapes, names.norm(), c.hidden());
        shapes.put(names.bias(), new long[] {c.vocabularySize()});
        return shapes;
    }

    static String layer(int i) {
        return "encoder.layer." + i + ".";
    }

    /// BERT's initialisation: N(0, 0.02²) for matrices, ones for the scales of norms, zeros for biases and padding
    /// rows.
    static void initialise(Parameters into, Map<String, long[]> shapes, EncoderConfig c, RandomStream stream) {
        shapes.forEach((name, shape) -> {
            try (Scope _ = Scope.open()) {
                into.put(name, initial(name, shape, c, stream));
            }
        });
    }

    private static Tensor initial(String name, long[] shape, EncoderConfig c, RandomStream stream) {
        if (shape.length == 1) {
            return Tensor.full(name.endsWith("weight") ? 1 : 0, shape);
        }
        float[] values = stream.gaussians(Math.toIntExact(shape[0] * shape[1]), STANDARD_DEVIATION);
        boolean padded =
                name.equals(WORDS) || (name.equals(POSITIONS) && c.family().countsPositionsFromPadding());
        if (padded) {
            int from = c.padId() * c.hidden();
            Arrays.fill(values, from, from + c.hidden(), 0);
        }
        return Tensor.of(values, shape);
    }

    private static void linear(Map<String, long[]> shapes, String name, long out, long in) {
        shapes.put(name + ".weight", new long[] {out, in});
        shapes.put(name + ".bias", new long[] {out});
    }

    private static void norm(Map<String, long[]> shapes, String name, long size) {
        shapes.put(name + ".weight", new long[] {size});
        shapes.put(name + ".bias", new long[] {size});
    }
}
