package dev.isogloss.trainer.step.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.step.ItemCache;
import dev.isogloss.trainer.step.ModelCache;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.SeenNotes;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StopSignal;
import dev.isogloss.trainer.step.TrainingMetrics;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DictionariesTest {
    private static final DictionaryIdentity SYNONYMS = new DictionaryIdentity("synonyms", "1");
    private static final Locations LOCATIONS =
            new Locations(Map.of(Input.DICTIONARY, new Location(null, "words", "en/synonyms.json", null)), null);

    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        Files.createDirectories(folder.resolve("words/en"));
        return Files.writeString(folder.resolve("words/en/synonyms.json"), text);
    }

    private StepInputs inputs() {
        StepSpec spec = StepFixtures.training(null, 1);
        Store store = Store.open(folder.resolve("store"));
        StepContext context = new StepContext(
                store,
                store.begin(StepKeys.of(spec), spec),
                LOCATIONS,
                ClaimFolders.withLinks(Map.of("words", folder.resolve("words"))),
                StopSignal.NEVER,
                Progress.NONE,
                RunOptions.DEFAULT,
                HubSettings.of(Map.of()));
        return new StepInputs(
                new PlannedStep(StepKeys.of(spec), spec, "a", "a step", 1L),
                context,
                new ModelCache(),
                new ItemCache(),
                new SeenNotes(),
                TrainingMetrics.on(0));
    }

    @Test
    void a_dictionary_that_is_missing_is_told_before_the_first_step() throws IOException {
        Preflight preflight = new Preflight(
                InputLocations.of(LOCATIONS),
                ClaimFolders.withLinks(Map.of("words", folder.resolve("words"))),
                Store.open(folder.resolve("store")),
                HubSettings.of(Map.of()));

        assertThatThrownBy(() -> preflight.check(new Input.Dictionary(SYNONYMS)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("There is no file %s: it should hold dictionary synonyms."
                        .formatted(folder.resolve("words/en/synonyms.json")))
                .hasMessageEndingWith("Mend spec.dictionary.location.");
        write("{}");
        assertThatCode(() -> preflight.check(new Input.Dictionary(SYNONYMS))).doesNotThrowAnyException();
    }

    @Test
    void a_dictionary_that_changed_under_its_version_is_named() throws IOException {
        Path file = write("{\"good\": [\"fine\"]}");
        StepInputs inputs = inputs();
        assertThat(Dictionaries.file(SYNONYMS, inputs).path()).isEqualTo(file);
        inputs.prove();
        assertThat(folder.resolve("store/dictionaries/synonyms/1.json"))
                .content()
                .contains("en/synonyms.json");

        write("{\"good\": [\"bad\"]}");

        assertThatThrownBy(() -> Dictionaries.file(SYNONYMS, inputs()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("en/synonyms.json of the dictionary synonyms, version 1, has changed");
    }
}
