package dev.isogloss.trainer.encoder;

import java.util.List;

/// What the parts of the masked-language-model head are called in each family.
record WordHeadNames(String dense, String norm, String bias) {

    static WordHeadNames of(Family family) {
        return switch (family) {
            case BERT ->
                new WordHeadNames(
                        "cls.predictions.transform.dense",
                        "cls.predictions.transform.LayerNorm",
                        "cls.predictions.bias");
            case ROBERTA, XLM_ROBERTA -> new WordHeadNames("lm_head.dense", "lm_head.layer_norm", "lm_head.bias");
        };
    }

    /// In the order in which they are applied.
    List<String> all() {
        return List.of(dense + ".weight", dense + ".bias", norm + ".weight", norm + ".bias", bias);
    }
}
