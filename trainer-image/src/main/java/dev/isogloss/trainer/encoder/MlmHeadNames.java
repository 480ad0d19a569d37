package dev.isogloss.trainer.encoder;

import java.util.List;

/// The names of the parts of the masked-language-model head in each family.
record MlmHeadNames(String dense, String norm, String bias) {

    static MlmHeadNames of(EncoderFamily family) {
        return switch (family) {
            case BERT ->
                new MlmHeadNames(
                        "cls.predictions.transform.dense",
                        "cls.predictions.transform.LayerNorm",
                        "cls.predictions.bias");
            case ROBERTA, XLM_ROBERTA -> new MlmHeadNames("lm_head.dense", "lm_head.layer_norm", "lm_head.bias");
        };
    }

    /// In the order in which they are applied.
    List<String> all() {
        return List.of(dense + ".weight", dense + ".bias", norm + ".weight", norm + ".bias", bias);
    }
}
