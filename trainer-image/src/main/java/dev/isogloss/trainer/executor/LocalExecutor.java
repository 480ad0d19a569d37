package dev.isogloss.trainer.executor;

import dev.isogloss.plan.Action;
import dev.isogloss.plan.Action.Conclude;
import dev.isogloss.plan.Action.Start;
import dev.isogloss.plan.Action.Stop;
import dev.isogloss.plan.Decider;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.executor.StepExecution.Ending;
import dev.isogloss.trainer.progress.RunEvent.RunFinished;
import dev.isogloss.trainer.progress.RunEvent.RunStarted;
import dev.isogloss.trainer.progress.RunEvent.StepAwaited;
import dev.isogloss.trainer.progress.RunEvent.StepFailed;
import dev.isogloss.trainer.progress.RunEvent.StepKept;
import dev.isogloss.trainer.progress.RunEvent.StepReused;
import dev.isogloss.trainer.progress.RunEvent.StepSkipped;
import dev.isogloss.trainer.progress.RunEvent.StepStarted;
import dev.isogloss.trainer.progress.RunEvent.StepStopped;
import dev.isogloss.trainer.progress.RunEvent.StepSucceeded;
import dev.isogloss.trainer.progress.RunEvent.StopRequested;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.step.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The executor of a plan on this machine, several steps at a time if asked. One thread keeps the ledger and asks the
/// decider; the steps run on threads of their own and report back. A failure stops only what depends on it.
public final class LocalExecutor {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final RunContext context;
    private final StepExecution execution;
    private final int parallel;
    private final RunListener listener;
    private final InstantSource clock;

    /// @param parallel how many steps may run at once, at least 1
    public LocalExecutor(
            StepRunner runner, RunContext context, int parallel, RunListener listener, InstantSource clock) {
        this.context = context;
        this.execution = new StepExecution(runner, context);
        this.parallel = parallel;
        this.listener = listener;
        this.clock = clock;
    }

    /// Runs what is missing. Returns when everything is done, or nothing more can be, or the stop signal was set and
    /// all running steps have ended: no thread of a step outlives this call.
    public RunOutcome run(Plan plan) {
        return run(plan, Set.of());
    }

    /// @param again steps that are computed although the store holds a result of them
    public RunOutcome run(Plan plan, Set<StepKey> again) {
        try (ExecutorService workers = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().name("step-", 1).factory())) {
            return new Run(plan, StepsAgain.of(plan, context.store(), again), workers).finish();
        }
    }

    private record EndedStep(PlannedStep step, Ending ending, Duration duration) {}

    /// One run of a plan.
    private final class Run {
        private final Plan plan;
        private final StepsAgain again;
        private final ExecutorService workers;
        private final StepLedger ledger;
        private final BlockingQueue<EndedStep> ended = new LinkedBlockingQueue<>();
        private final Set<StepKey> announced = new HashSet<>();
        private final Instant started = clock.instant();
        private boolean stopping;

        Run(Plan plan, StepsAgain again, ExecutorService workers) {
            this.plan = plan;
            this.again = again;
            this.workers = workers;
            this.ledger = new StepLedger(plan);
        }

        RunOutcome finish() {
            for (PlannedStep step : plan.steps())
                if (!again.open().contains(step.key()))
                    context.store().result(step.key()).ifPresent(result -> ledger.reused(step.key(), result));
            listener.on(new RunStarted(
                    plan.name(), context.store().address(), plan.steps().size(), ledger.reused()));
            while (!isFinished()) {
                EndedStep next = nextEnding();
                if (next != null) record(next);
                checkStepsElsewhere();
            }
            RunOutcome outcome = ledger.outcome(context.stop().requested());
            announceEnd(outcome);
            return outcome;
        }

        /// Asks the decider and does what it says. Once the stop signal is set all steps know it already, and when
        /// the last one has ended nothing is left to wait for.
        private boolean isFinished() {
            noticeStop();
            boolean anyKept;
            do {
                anyKept = false;
                for (Action action : Decider.decide(ledger.observed(parallel, stopping))) {
                    switch (action) {
                        case Start(var step, var because) -> {
                            boolean kept = isKept(step);
                            anyKept |= kept;
                            if (!kept) start(step, because);
                        }
                        case Stop _ -> {}
                        case Conclude _ -> {
                            return true;
                        }
                    }
                }
            } while (anyKept);
            return stopping && ledger.running() == 0;
        }

        /// A step whose result is there is reused once all that it reads turned out to be what it was made from.
        private boolean isKept(PlannedStep step) {
            if (!again.open().contains(step.key()) || isAnew(step)) return false;
            Optional<StepResult> result = context.store().result(step.key());
            if (result.isEmpty()) return false;
            ledger.reused(step.key(), result.get());
            listener.on(new StepKept(step.key(), step.title()));
            return true;
        }

        /// Whether a result of the step that the store holds does not count.
        private boolean isAnew(PlannedStep step) {
            return again.asked().contains(step.key())
                    || again.open().contains(step.key()) && context.store().isStale(step.key());
        }

        private void noticeStop() {
            if (stopping || !context.stop().requested()) return;
            stopping = true;
            listener.on(new StopRequested(ledger.running()));
        }

        private void start(PlannedStep step, String because) {
            listener.on(new StepStarted(step.key(), step.title(), because));
            execute(step);
        }

        private void execute(PlannedStep step) {
            ledger.started(step.key());
            boolean asked = again.asked().contains(step.key());
            Instant begun = clock.instant();
            workers.execute(() -> {
                Ending ending = execution.run(step, new ReportedProgress(step, listener), asked);
                ended.add(new EndedStep(step, ending, Duration.between(begun, clock.instant())));
            });
        }

        private @Nullable EndedStep nextEnding() {
            try {
                return ended.poll(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the executor's thread was interrupted", e);
            }
        }

        private void record(EndedStep end) {
            StepKey key = end.step().key();
            String title = end.step().title();
            switch (end.ending()) {
                case Ending.Done(var result) -> {
                    ledger.succeeded(key, result);
                    listener.on(new StepSucceeded(key, title, end.duration().toMillis() / 1000.0, result.scores()));
                }
                case Ending.Again again -> {
                    ledger.again(key, again.recomputed());
                    double seconds = end.duration().toMillis() / 1000.0;
                    listener.on(new StepSucceeded(
                            key, title, seconds, again.recomputed().result().scores()));
                    listener.on(again.event(end.step()));
                }
                case Ending.Reused(var result) -> {
                    ledger.reused(key, result);
                    listener.on(new StepReused(key, title));
                }
                case Ending.LockedElsewhere(var holder) -> {
                    if (ledger.movedElsewhere(end.step())) listener.on(new StepAwaited(key, title, holder));
                }
                case Ending.Stopped(var where) -> {
                    ledger.ended(key);
                    listener.on(new StepStopped(key, title, where));
                }
                case Ending.Failed(var cause) -> {
                    ledger.failed(key, cause);
                    listener.on(new StepFailed(key, title, Failures.sentence(cause)));
                    announceSkipped();
                }
            }
        }

        private void announceSkipped() {
            for (PlannedStep step : ledger.skipped())
                if (announced.add(step.key()))
                    listener.on(new StepSkipped(
                            step.key(),
                            step.title(),
                            "because " + ledger.failedInput(step).title() + " failed"));
        }

        /// Another process may have finished a step by now, or died and left it to us.
        private void checkStepsElsewhere() {
            for (PlannedStep step : ledger.elsewhere()) {
                var result = context.store().result(step.key());
                if (result.isPresent() && !isAnew(step)) {
                    ledger.reused(step.key(), result.get());
                    listener.on(new StepReused(step.key(), step.title()));
                } else if (!context.store().locks().isRunning(step.key())) ledger.ended(step.key());
            }
        }

        private void announceEnd(RunOutcome outcome) {
            String verdict = outcome.stopped() ? "Stopped" : outcome.succeeded() ? "Succeeded" : "Failed";
            int succeeded = outcome.results().size() - outcome.reused();
            double seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
            listener.on(new RunFinished(
                    verdict,
                    succeeded,
                    outcome.reused(),
                    outcome.failed().size(),
                    outcome.skipped().size(),
                    seconds));
        }
    }
}
