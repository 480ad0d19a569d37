package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.tensor.AttentionGroups;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;

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

    /// @param x [t, h]: the tokens of all texts, text after text
    /// @param texts in one group: the way to texts side by side and back
    Output apply(Tensor x, AttentionGroups texts, Dropout dropout, boolean first) {
        Tensor asking = first ? texts.first(x) : x; // [t, h], or [b, h]
        Tensor query = linear(asking, "attention.self.query");
        Tensor asked = heads(first ? query.reshape(texts.texts(), 1, -1) : texts.sideBySide(query)); // [b, heads, q, d]
        Tensor key = heads(texts.sideBySide(linear(x, "attention.self.key"))); // [b, heads, s, d]
        Tensor value = heads(texts.sideBySide(linear(x, "attention.self.value"))); // [b, heads, s, d]
        double scale = 1 / Math.sqrt(config.hidden() / config.heads());
        Tensor scores = asked.times(scale).matmul(key.transpose(-1, -2)); // [b, heads, q, s]
        Tensor padded = texts.padded();
        Tensor probabilities = (padded.count() == 0 ? scores : scores.plus(padded)).softmax(-1);
        Tensor dropped = attentionDropout(probabilities, texts, dropout, first);
        Tensor context = dropped.matmul(value).transpose(1, 2).reshape(-1, config.hidden()); // [b·q, h]
        Tensor merged = first ? context : texts.endToEnd(context); // [t, h], or [b, h]
        Tensor attended = residualDropout(linear(merged, "attention.output.dense"), texts, dropout, first);
        Tensor middle = norm(asking.plus(attended), "attention.output.LayerNorm");
        Tensor inner = linear(middle, "intermediate.dense").gelu(); // [t, f], or [b, f]
        Tensor fed = residualDropout(linear(inner, "output.dense"), texts, dropout, first);
        return new Output(
                norm(middle.plus(fed), "output.LayerNorm"), new EncoderOutput.Attention(probabilities, dropped));
    }

    private Tensor attentionDropout(Tensor probabilities, AttentionGroups texts, Dropout dropout, boolean first) {
        return dropout.attentionProbability() == 0
                ? probabilities
                : probabilities.times(
                        dropout.attentionMasks(texts, config.heads(), first).getFirst());
    }

    private static Tensor residualDropout(Tensor x, AttentionGroups texts, Dropout dropout, boolean first) {
        return first ? dropout.apply(x) : dropout.apply(x, texts.places());
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
