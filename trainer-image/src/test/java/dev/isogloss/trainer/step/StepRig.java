package dev.isogloss.trainer.step;

import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.planner.Planner;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.executor.StepRunners;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.tensor.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A plan of real steps on invented data, small enough to be run in a test, in a store of its own.
final class StepRig {
    final Plan plan;
    final Store store;
    final List<String> notes = new ArrayList<>();
    private final InputLocations locations;
    private final Map<String, Path> claims;

    StepRig(Path store, String manifest, Map<String, Path> claims) {
        switch (ManifestReader.read("test.yaml", manifest).getFirst()) {
            case TransferExperimentManifest experiment -> {
                plan = Planner.plan(experiment.name(), experiment.spec());
                locations = InputLocations.of(Planner.locations(experiment.spec()));
            }
            case TransferBenchmarkManifest table -> {
                plan = Planner.plan(table.name(), table.spec());
                locations = Objects.requireNonNull(plan.benchmark()).locations();
            }
            case CoTrainingRunManifest run -> {
                plan = Planner.plan(run.name(), run.spec());
                locations = InputLocations.of(Planner.locations(run.spec()));
            }
        }
        this.store = Store.open(store);
        this.claims = claims;
    }

    /// Runs every step that is not done, in order.
    ///
    /// @param stop    asked after every update
    /// @param updates told of every update; what it throws ends the step as a kill would
    void run(StopSignal stop, Runnable updates) throws Exception {
        try (StepRunners runners = new StepRunners(Device.CPU)) {
            for (PlannedStep step : plan.steps()) {
                if (store.isDone(step.key())) continue;
                StepResult result = runners.run(step, context(step, stop, updates));
                store.commit(result);
            }
        }
    }

    /// Runs one step, of the plan or not, whatever is done.
    StepResult runOnly(PlannedStep step) throws Exception {
        try (StepRunners runners = new StepRunners(Device.CPU)) {
            return runOnly(step, runners);
        }
    }

    /// The same in a process that has run other steps before.
    StepResult runOnly(PlannedStep step, StepRunners runners) throws Exception {
        return store.commit(runners.run(step, context(step, StopSignal.NEVER, () -> {})));
    }

    void run() throws Exception {
        run(StopSignal.NEVER, () -> {});
    }

    /// A model's step of a kind in a round of a run.
    StepKey step(Class<? extends StepSpec> kind, String model, int round) {
        return plan.steps().stream()
                .filter(step -> kind.isInstance(step.spec()))
                .filter(step -> step.rounds().stream().anyMatch(of -> of.model().equals(model) && of.number() == round))
                .findFirst()
                .orElseThrow()
                .key();
    }

    StepResult result(StepKey key) {
        return store.result(key).orElseThrow();
    }

    private StepContext context(PlannedStep step, StopSignal stop, Runnable updates) {
        Progress progress = new Progress() {
            @Override
            public void update(long update, long of, double loss, double examplesPerSecond, double tokensPerSecond) {
                updates.run();
            }

            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        return new StepContext(
                store,
                store.begin(step.key(), step.spec()),
                locations.of(step.spec().reads()),
                ClaimFolders.withLinks(claims),
                stop,
                progress,
                new RunOptions(1, Duration.ofHours(1), 4, false, 0),
                HubSettings.of(Map.of()));
    }
}
