package dev.isogloss.trainer.step.inputs;

import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.DictionaryFile;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.store.Identity;
import java.io.IOException;
import java.util.Map;

/// The dictionary of a step: its file, checked by the store against what others read under the same name.
public final class Dictionaries {
    private Dictionaries() {}

    /// @throws InvalidInput if it is not where its location says, or not the one that the store knows by this name
    public static InputFile file(DictionaryIdentity dictionary, StepInputs inputs) throws IOException {
        DictionaryFile file = new Input.Dictionary(dictionary)
                .in(inputs.locations())
                .map(location -> DictionaryFile.of(dictionary, location, inputs.claims()))
                .orElseThrow(() -> new IllegalStateException(
                        "the plan reads dictionary " + dictionary.name() + ", but says not where it lies"));
        inputs.read(Identity.of(dictionary), Map.of(file.name(), file.file().sha256()));
        return file.file();
    }
}
