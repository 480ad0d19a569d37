package dev.isogloss.api.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Examples drawn without replacement so that the classes have asked-for shares; what was reached is among the facts of
/// every result that read them.
///
/// Texts are drawn class by class, fewer in all where a class runs out. Sentences of a tagging task are drawn with
/// weights Σ_c n_c(s)·π_c/p_c, which moves the shares towards π, not onto it.
@ValidationRule(
        value = "has(self.shares) != has(self.dirichlet)",
        message = "give exactly one of shares (the shares themselves) and dirichlet (shares drawn at random)")
public record Prior(
        @Keys(max = 64, length = 64)
        @Meaning("Share π of each class; those that are not named get none. They are divided by their sum.")
        @Nullable
        Map<String, @Range(min = 0, max = 1) Double> shares,

        @Range(above = 0, max = 1000000)
        @Meaning("Draw π from a symmetric Dirichlet distribution of this concentration: 1 is uniform over all priors, "
                + "less gives extreme ones. Each language has its own π, the same for all its splits of one seed; "
                + "the share of a class that a split lacks goes to the others in proportion.")
        @Nullable
        Double dirichlet,

        @Range(min = 1, max = Limits.EXAMPLES)
        @Meaning("How many examples to draw, at most. Without it: as many texts as the classes allow; half of the "
                + "sentences.")
        @Nullable
        Integer size,

        @Range(min = 0, max = Limits.SEED) @Default("1") @Meaning("From which everything is drawn.")
        long seed) {

    public Prior {
        Bounds.check(Prior.class, shares, dirichlet, size, seed);
        if (shares != null) shares = Bounds.copy(shares);
        if ((shares == null) == (dirichlet == null))
            throw new InvalidInput(
                    "Give exactly one of shares (the shares themselves) and dirichlet (shares drawn at random).");
    }
}
