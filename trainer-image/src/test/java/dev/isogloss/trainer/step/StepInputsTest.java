package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the store begins to hold a step's inputs to their bytes.
class StepInputsTest {
    private static final Identity DATA = new Identity(Identity.Kind.Dataset, "packages", "1");
    private static final Map<String, String> BROKEN = Map.of("en/train.jsonl", "a".repeat(64));
    private static final Map<String, String> MENDED = Map.of("en/train.jsonl", "b".repeat(64));
    private static final List<StepKey> SOME = List.of(new StepKey("0".repeat(64)));

    @TempDir
    Path folder;

    private StepInputs inputs() {
        Store store = Store.open(folder);
        ChooseBestRoundStep spec = new ChooseBestRoundStep(1, SOME, SOME);
        PlannedStep step = new PlannedStep(StepKeys.of(spec), spec, "stage", "title", null);
        StepContext context = new StepContext(
                store,
                store.begin(step.key(), spec),
                Locations.NONE,
                ClaimFolders.withLinks(Map.of()),
                StopSignal.NEVER,
                Progress.NONE,
                RunOptions.DEFAULT,
                HubSettings.of(Map.of()));
        return new StepInputs(step, context, new ModelCache(), new ItemCache(), new SeenNotes(), TrainingMetrics.on(0));
    }

    @Test
    void a_file_that_was_read_and_not_used_may_be_mended() {
        inputs().read(DATA, BROKEN);

        assertThatCode(() -> inputs().read(DATA, MENDED)).doesNotThrowAnyException();
    }

    @Test
    void a_file_that_something_was_made_of_may_not_change() {
        StepInputs inputs = inputs();
        inputs.read(DATA, BROKEN);
        inputs.prove();

        assertThatThrownBy(() -> inputs().read(DATA, MENDED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("en/train.jsonl of the dataset packages, version 1, has changed");
    }

    @Test
    void nor_may_one_that_was_read_while_the_output_was_written() {
        StepInputs inputs = inputs();
        StepOutput output = inputs.prove();
        inputs.read(DATA, BROKEN);
        StepResult result = output.result(List.of());

        assertThat(result.provenance().data()).containsAllEntriesOf(BROKEN);
        assertThatThrownBy(() -> inputs().read(DATA, MENDED)).isInstanceOf(InvalidInput.class);
    }
}
