package dev.isogloss.trainer.step.inputs;

import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.DictionaryFile;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// The dictionary of a step: its file, checked by the store against what others read under the same name.
public final class Dictionaries {
    private Dictionaries() {}

    /// @throws InvalidInput if it is not where its location says, or not the one that the store knows by this name
    public static Path file(DictionaryIdentity dictionary, StepSession bench) throws IOException {
        DictionaryFile file = new Input.Dictionary(dictionary)
                .in(bench.context().locations())
                .map(location ->
                        DictionaryFile.of(dictionary, location, bench.context().claims()))
                .orElseThrow(() -> new IllegalStateException(
                        "the plan reads dictionary " + dictionary.name() + ", but says not where it lies"));
        bench.read(
                new Identity(Identity.Kind.DICTIONARY, dictionary.name(), dictionary.version()),
                Map.of(file.name(), Sha256.read(file.path())));
        return file.path();
    }
}
