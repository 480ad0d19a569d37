package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One layer, step by step as Devlin et al. (NAACL 2019) have it: the text to read, what gives attention
/// probabilities, and what the faster [dev.isogloss.trainer.tensor.Fused#encoderLayer] is tested against.
///
/// @param name "encoder.layer.3."
record EncoderLayer(Parameters parameters, String name, EncoderConfig config) {

    private static final List<String> PARTS = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    record Output(Tensor hidden, EncoderOutput.Attention attention) {}

    /// All weights, in the order the fused layer takes them.
    List<Tensor> weights() {
        return PARTS.stream()
                .flatMap(part -> List.of(weight(part), bias(part)).stream())
                .toList();
    }

    /// @param x [b, s, h]
    /// @param padding [b, 1, 1, s] to add to the scores, or null
    Output apply(Tensor x, @Nullable Tensor padding, Dropout dropout, boolean first) {
        Tensor asking = first ? x.slice(1, 0, 1) : x; // [b, q, h]
        Tensor query = heads(linear(asking, "attention.self.query")); // [b, heads, q, d]
        Tensor key = heads(linear(x, "attention.self.key")); // [b, heads, s, d]
        Tensor value = heads(linear(x, "attention.self.value")); // [b, heads, s, d]
        double scale = 1 / Math.sqrt(config.hidden() / config.heads());
        Tensor scores = query.times(scale).matmul(key.transpose(-1, -2)); // [b, heads, q, s]
        Tensor probabilities = (padding == null ? scores : scores.plus(padding)).softmax(-1);
        Tensor dropped = attentionDropout(probabilities, dropout);
        Tensor context = dropped.matmul(value); // [b, heads, q, d]
        Tensor merged = context.transpose(1, 2).reshape(asking.shape()); // [b, q, h]
        Tensor attended = dropout.apply(linear(merged, "attention.output.dense"));
        Tensor middle = norm(asking.plus(attended), "attention.output.LayerNorm");
        Tensor inner = linear(middle, "intermediate.dense").gelu(); // [b, q, f]
        Tensor fed = dropout.apply(linear(inner, "output.dense"));
        return new Output(
                norm(middle.plus(fed), "output.LayerNorm"), new EncoderOutput.Attention(probabilities, dropped));
    }

    private static Tensor attentionDropout(Tensor probabilities, Dropout dropout) {
        return dropout.attentionProbability() == 0
                ? probabilities
                : probabilities.times(dropout.attentionMask(probabilities.shape()));
    }

    private Tensor heads(Tensor x) {
        return x.reshape(x.size(0), x.size(1), config.heads(), -1).transpose(1, 2);
    }

    private Tensor linear(Tensor x, String part) {
        return x.linear(weight(part), bias(part));
    }

    private Tensor norm(Tensor x, String part) {
        return x.layerNorm(weight(part), bias(part), config.layerNormEpsilon());
    }

    private Tensor weight(String part) {
        return parameters.get(name + part + ".weight");
    }

    private Tensor bias(String part) {
        return parameters.get(name + part + ".bias");
    }
}
