package dev.isogloss.trainer.pseudolabel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pseudo-label beside the right labels, where the pool has them: a line of `selected/pseudo-labels.jsonl` as it is
/// written, so that wrong ones can be counted and looked at. It is never read back: a [PseudoLabel] has no room for
/// what is right, and so nothing can be learned from it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"language", "id", "labels", "confidence", "gold", "text", "second", "words"})
public record JudgedLabel(
        String language,
        String id,
        @Nullable String text,
        @Nullable String second,
        @Nullable List<String> words,
        List<String> labels,
        double confidence,
        @Nullable List<String> gold) {

    public static JudgedLabel of(PseudoLabel label, @Nullable List<String> gold) {
        return new JudgedLabel(
                label.language(),
                label.id(),
                label.text(),
                label.second(),
                label.words(),
                label.labels(),
                label.confidence(),
                gold);
    }

    /// True if the labels are known to be wrong.
    public boolean differsFromGold() {
        return gold != null && !gold.equals(labels);
    }
}
