package dev.isogloss.trainer.encoder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The encoders we know. They share every layer and differ in names, in how positions are counted and in their heads.
public enum EncoderFamily {
    /// mBERT, LaBSE: positions from 0, two token types, a pooler.
    BERT("bert", "bert.", "Bert"),
    /// Positions from padId + 1, padding stays at padId; one token type.
    ROBERTA("roberta", "roberta.", "Roberta"),
    /// RoBERTa under another name.
    XLM_ROBERTA("xlm-roberta", "roberta.", "XLMRoberta");

    private final String modelType;
    private final String prefix;
    private final String className;

    EncoderFamily(String modelType, String prefix, String className) {
        this.modelType = modelType;
        this.prefix = prefix;
        this.className = className;
    }

    /// As `model_type` in config.json.
    public String modelType() {
        return modelType;
    }

    /// The prefix of the encoder's weights in a file that also has a head.
    public String prefix() {
        return prefix;
    }

    /// The first part of the names of Python's classes.
    public String className() {
        return className;
    }

    /// True if the position of a token counts the tokens before it that are no padding, starting after padId.
    boolean countsPositionsFromPadding() {
        return this != BERT;
    }

    static Optional<EncoderFamily> of(String modelType) {
        return Arrays.stream(values())
                .filter(f -> f.modelType.equals(modelType))
                .findFirst();
    }

    /// The likeliest by what a class or a folder is called.
    static EncoderFamily guess(String called) {
        String name = called.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return name.contains("xlmr") ? XLM_ROBERTA : name.contains("roberta") ? ROBERTA : BERT;
    }

    static String known() {
        return Arrays.stream(values()).map(EncoderFamily::modelType).collect(Collectors.joining(", "));
    }
}
