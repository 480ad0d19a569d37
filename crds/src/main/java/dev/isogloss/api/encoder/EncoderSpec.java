package dev.isogloss.api.encoder;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The encoder an experiment starts from: published (`location`) or made here (`fromPretraining`), exactly one of the
/// two.
@ValidationRule(
        value = "has(self.location) != has(self.fromPretraining)",
        message = "give exactly one of location (a published encoder) and fromPretraining (one made here)")
@ValidationRule(
        value = "!has(self.location) || has(self.name) || (has(self.location.uri) && "
                + "self.location.uri.startsWith('hf://'))",
        message = "name the encoder: only an hf:// location says its name itself",
        fieldPath = ".name")
@ValidationRule(
        value = "!has(self.fromPretraining) || (!has(self.name) && !has(self.version))",
        message = "name and version belong to a published encoder; one made here is identified by how it is made")
@ValidationRule(
        value = "!has(self.location) || !has(self.location.generated)",
        message = "an encoder cannot be generated; use fromPretraining to make one",
        fieldPath = ".location.generated")
@ValidationRule(
        value = "!has(self.fromPretraining) || self.maxLength <= 512 || "
                + "self.maxLength <= self.fromPretraining.pretrain.maxLength",
        message = "an encoder made here has positions for 512 pieces, or for fromPretraining.pretrain.maxLength where "
                + "that is more; raise it, or lower maxLength",
        fieldPath = ".maxLength")
public record EncoderSpec(
        @Matches(Form.Name)
        @Meaning("Name of a published encoder, part of every result's identity. Without it: the repository of an "
                + "hf:// location; required for others.")
        @Nullable
        String name,

        @Matches(Form.Name)
        @Meaning("Version of a published encoder. Without it: the revision of an hf:// location (main where it names "
                + "none), else \"1\".")
        @Nullable
        String version,

        @Meaning("Folder of a published encoder: config.json, model.safetensors and tokenizer.json as transformers "
                + "writes them.")
        @Nullable
        Location location,

        @Meaning("Make the encoder here, from the experiment's corpus.") @Nullable
        FromPretraining fromPretraining,

        @Range(min = 8, max = 8192)
        @Default("128")
        @Meaning("Longest input of the task in pieces, special ones included; longer texts are cut, longer sentences "
                + "of a tagging task read in windows.")
        int maxLength,

        @Default("Float32")
        @Meaning("In what matrices are multiplied: Float32, or BFloat16 where the device has it; weights stay in 32 "
                + "bits.")
        Precision precision) {

    public EncoderSpec {
        Bounds.check(EncoderSpec.class, name, version, location, fromPretraining, maxLength, precision);
        if ((location == null) == (fromPretraining == null))
            throw new InvalidInput(
                    "Give exactly one of location (a published encoder) and fromPretraining (one made here).");
    }
}
