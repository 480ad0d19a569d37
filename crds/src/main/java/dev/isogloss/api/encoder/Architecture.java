package dev.isogloss.api.encoder;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The shape of an encoder made from scratch: a preset, any part of which may be overridden.
@ValidationRule(
        value = "!has(self.hidden) || (has(self.heads) ? self.hidden % self.heads == 0 : self.hidden % 64 == 0)",
        message = "hidden must be a multiple of heads, or of 64 where heads is left out",
        fieldPath = ".hidden")
public record Architecture(
        @Default("Bert") @Meaning("Like which published model it is built: Bert or Roberta.")
        Family family,

        @Default("Mini")
        @Meaning("Its size: Tiny (2 layers of 128), Mini (4 of 256), Small (4 of 512) or Base (12 of 768).")
        Size preset,

        @Range(min = 8, max = 8192) @Meaning("Width of a hidden state. Without it: the preset's.") @Nullable
        Integer hidden,

        @Range(min = 1, max = 96) @Meaning("Number of layers. Without it: the preset's.") @Nullable
        Integer layers,

        @Range(min = 1, max = 128)
        @Meaning("Attention heads a layer; must divide hidden. Without it: the preset's.")
        @Nullable
        Integer heads,

        @Range(min = 8, max = 32768)
        @Meaning("Width inside the feed-forward layers. Without it: the preset's, or four times hidden where hidden "
                + "is given.")
        @Nullable
        Integer feedForward) {

    public Architecture {
        Bounds.check(Architecture.class, family, preset, hidden, layers, heads, feedForward);
        if (hidden != null && hidden % (heads == null ? 64 : heads) != 0)
            throw new InvalidInput("hidden must be a multiple of heads, or of 64 where heads is left out.");
    }

    /// The published model that it is built like.
    public enum Family {
        Bert,
        Roberta
    }

    /// Tiny 2×128, Mini 4×256, Small 4×512, Base 12×768 (Turc et al., 2019).
    public enum Size {
        Tiny,
        Mini,
        Small,
        Base
    }
}
