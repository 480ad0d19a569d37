package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.executor.StepRunners;
import dev.isogloss.trainer.store.RepeatedStep;
import dev.isogloss.trainer.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process has the model that it trained last in memory. Another may train it again meanwhile, on another processor
/// say, and put another in its place: what is measured then is what the store holds.
class ReplacedModelTest {
    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    Path folder;

    private StepRig rig;
    private PlannedStep first;
    private PlannedStep last;

    @BeforeEach
    void twoModels() {
        rig = new RunFixture(
                        "SequenceClassification", 40, RunFixture.models(2), "qen", "{selfTraining: {rounds: 1}}", "")
                .rig(folder.resolve("store"));
        List<PlannedStep> evaluations = rig.plan.steps().stream()
                .filter(step -> step.spec() instanceof EvaluateStep)
                .toList();
        first = evaluations.getFirst();
        last = evaluations.getLast();
    }

    private void train(StepRunners runners) throws Exception {
        for (PlannedStep step : rig.plan.steps())
            if (!(step.spec() instanceof EvaluateStep)) rig.runOnly(step, runners);
    }

    private Path model(PlannedStep evaluation) {
        return rig.store.model(((EvaluateStep) evaluation.spec()).model());
    }

    /// Trains the model of an evaluation again, as another process would, to that of `like`.
    private void another(PlannedStep evaluation, PlannedStep like) throws IOException {
        PlannedStep training = rig.plan.steps().stream()
                .filter(step -> step.key().equals(((EvaluateStep) evaluation.spec()).model()))
                .findFirst()
                .orElseThrow();
        StepResult former = rig.result(training.key());
        RepeatedStep again = RepeatedStep.begin(rig.store, training.key(), training.spec());
        HardLinks.folder(model(like), Files.createDirectories(again.folder().model()));
        Provenance later = rig.result(((EvaluateStep) like.spec()).model()).provenance();
        again.end(new StepResult(former.key(), former.kind(), former.scores(), former.facts(), later));
    }

    private String predictions(PlannedStep evaluation) throws IOException {
        return Files.readString(rig.store.predictions(evaluation.key()).resolve("qen-test.jsonl"));
    }

    @Test
    void the_model_that_this_process_made_last_is_not_read_from_the_store() throws Exception {
        try (StepRunners runners = new StepRunners(Device.CPU)) {
            train(runners);
            Files.delete(model(last).resolve(WEIGHTS));

            rig.runOnly(last, runners);
        }

        assertThat(predictions(last)).isNotEmpty();
    }

    @Test
    void a_model_that_was_replaced_since_this_process_made_it_is_read_again() throws Exception {
        try (StepRunners runners = new StepRunners(Device.CPU)) {
            train(runners);
            another(last, first);

            rig.runOnly(last, runners);
        }
        rig.runOnly(first);

        assertThat(predictions(last)).isEqualTo(predictions(first));
    }
}
