package dev.isogloss.trainer.pseudolabel;

import dev.isogloss.api.method.LabelAgreement;
import java.util.List;
import java.util.Optional;

/// What two models say together of the examples of a pool, one after the other, with the counts of it (Bari et al., ACL
/// 2021, section 3.3). An example on which they differ in one word is none that they agree on.
public final class PeerAgreement {
    private final LabelAgreement rule;
    private long shared;
    private long agreed;

    public PeerAgreement(LabelAgreement rule) {
        this.rule = rule;
    }

    /// The labels that are handed on; empty: none.
    ///
    /// @param inFirst  whether the first model's label of this example is trusted
    /// @param inSecond the second's
    public Optional<List<String>> labels(boolean inFirst, List<String> first, boolean inSecond, List<String> second) {
        if (inFirst && inSecond) {
            shared++;
            if (!first.equals(second)) return Optional.empty();
            agreed++;
            return Optional.of(first);
        }
        return switch (rule) {
            case Both -> Optional.empty();
            case Union -> inFirst ? Optional.of(first) : inSecond ? Optional.of(second) : Optional.empty();
        };
    }

    /// Examples so far of which both labels are trusted.
    public long shared() {
        return shared;
    }

    /// Of these, those with the same labels.
    public long agreed() {
        return agreed;
    }
}
