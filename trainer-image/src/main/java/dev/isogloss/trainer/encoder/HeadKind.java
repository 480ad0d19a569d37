package dev.isogloss.trainer.encoder;

import java.util.Arrays;
import java.util.Optional;

/// The head on an encoder in a folder, as Python's class names end.
public enum HeadKind {
    None("Model"),
    MaskedLanguageModel("ForMaskedLM"),
    SequenceClassification("ForSequenceClassification"),
    TokenClassification("ForTokenClassification");

    private final String suffix;

    HeadKind(String suffix) {
        this.suffix = suffix;
    }

    /// "XLMRobertaForTokenClassification".
    public String architecture(EncoderFamily family) {
        return family.className() + suffix;
    }

    static Optional<HeadKind> of(String architecture) {
        return Arrays.stream(values())
                .filter(kind -> architecture.endsWith(kind.suffix))
                .findFirst();
    }
}
