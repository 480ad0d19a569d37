package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.WholeCharacters;
import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.JsonMistake;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.ExitCode;
import dev.isogloss.result.TerminationMessage;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.executor.Failures;
import dev.isogloss.trainer.executor.FollowUpSteps;
import dev.isogloss.trainer.executor.ReportedProgress;
import dev.isogloss.trainer.executor.RunContext;
import dev.isogloss.trainer.executor.StepExecution;
import dev.isogloss.trainer.executor.StepExecution.Ending;
import dev.isogloss.trainer.executor.StopSwitch;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.progress.PlainLines;
import dev.isogloss.trainer.progress.RunEvent;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `isogloss step`: what a pod runs.
@Command(
        name = "step",
        description = {
            "Run one step from its JSON, as pods do. A step whose result is in the store ends at once, unless what it was"
                    + " made from was replaced since (run --again): then it is computed again.",
            "The result's summary goes to the termination log, if there is one.",
            "",
            "  isogloss plan m.yaml --json | jq '.steps[0].spec' | isogloss step --spec - --store .isogloss",
            ""
        })
final class StepCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Option(
            names = "--spec",
            required = true,
            paramLabel = "FILE",
            description = "The step's JSON; - reads standard input.")
    private Path spec = Path.of("-");

    @Option(
            names = "--store",
            required = true,
            paramLabel = "DIR",
            description = "Where results are kept: a folder, or s3://BUCKET/FOLDER.")
    private String store = "";

    @Option(
            names = "--locations",
            paramLabel = "FILE",
            description = "Where the data lies, as JSON (the field locations of a TrainingStep).")
    private @Nullable Path locations;

    @Option(
            names = "--follow-ups",
            paramLabel = "FILE",
            description = "Steps to do after this one, as JSON (the field followUps of a TrainingStep), as long as they"
                    + " succeed. They change neither exit code nor result of this one.")
    private @Nullable Path followUps;

    @Option(names = "--title", paramLabel = "TEXT", description = "What logs call the step.")
    private @Nullable String title;

    @Mixin
    private ClaimOption claim = new ClaimOption();

    @Mixin
    private RunCommand.ComputeOptions compute = new RunCommand.ComputeOptions();

    @Option(
            names = "--termination-log",
            paramLabel = "FILE",
            description = "Where the summary goes. Default: /dev/termination-log, if it is there.")
    private @Nullable Path terminationLog;

    @Override
    public Integer call() {
        TerminationLog last = new TerminationLog(terminationLog, isogloss.environment.terminationLog());
        try {
            return run(last);
        } catch (RuntimeException failure) {
            last.failed(Failures.sentence(failure));
            throw failure;
        }
    }

    private int run(TerminationLog last) {
        PlannedStep step = step();
        List<PlannedStep> after = followUps();
        InputLocations where = InputLocations.of(locations());
        Claims.check(claim.claims, where.claims());
        StopSwitch stop = new StopSwitch();
        Store results = Stores.open(store, isogloss.environment.variables());
        InputLocations here = results.isCurrent(step.key())
                ? where
                : Stores.fetched(step.spec().reads(), where, isogloss.environment, true);
        RunContext context = context(results, here, stop);
        try (RunListener lines = new PlainLines(isogloss.environment.out(), isogloss.environment.clock());
                Interrupts interrupts = Interrupts.stopping(stop, lines);
                LazyRunner runner = new LazyRunner(isogloss.environment.runner())) {
            lines.on(new RunEvent.RunStarted(step.title(), results.address(), 1, 0));
            lines.on(new RunEvent.StepStarted(step.key(), step.title(), "asked to"));
            Ending ending = new StepExecution(runner, context).run(step, new ReportedProgress(step, lines));
            if (ending instanceof Ending.Again again) lines.on(again.event(step));
            List<TerminationMessage.Result> then = new FollowUpSteps(
                            runner,
                            next -> context(
                                    results,
                                    Stores.fetched(next.spec().reads(), where, isogloss.environment, true),
                                    stop),
                            lines)
                    .after(ending, results, after);
            return conclude(ending, then, last);
        }
    }

    private RunContext context(Store results, InputLocations here, StopSwitch stop) {
        return new RunContext(
                results,
                here,
                ClaimFolders.confined(claim.claims),
                stop,
                compute.options(1),
                HubSettings.of(isogloss.environment.variables()));
    }

    private int conclude(Ending ending, List<TerminationMessage.Result> then, TerminationLog last) {
        switch (ending) {
            case Ending.Done(var result) -> last.succeeded(result, false, then);
            case Ending.Again(var recomputed) -> last.succeeded(recomputed.result(), false, then);
            case Ending.Reused(var result) -> {
                isogloss.environment.out().println("Its result was in the store already; nothing was computed.");
                last.succeeded(result, true, then);
            }
            case Ending.Stopped(var where) -> {
                isogloss.environment.err().println("isogloss: stopped " + where + "; a checkpoint is written");
                last.failed("stopped " + where);
                return ExitCode.Stopped.code();
            }
            case Ending.LockedElsewhere(var holder) -> {
                isogloss.environment.err().println("isogloss: " + holder + " is running this step; try again later");
                last.failed(holder + " is running this step");
                return ExitCode.LockedElsewhere.code();
            }
            case Ending.Failed(var cause) -> {
                isogloss.report(cause);
                last.failed(Failures.sentence(cause));
                return Failures.exitCode(cause).code();
            }
        }
        return ExitCode.Done.code();
    }

    /// A spec of a newer version may hold what this one does not know and would silently ignore: then the JSON that
    /// this version would write is not the JSON it was given.
    private PlannedStep step() {
        return planned(json(spec), spec, title);
    }

    private List<PlannedStep> followUps() {
        if (followUps == null) return List.of();
        List<PlannedStep> steps = new ArrayList<>();
        for (FollowUp each : parse(json(followUps), FollowUp[].class, "list of steps to follow"))
            steps.add(planned(json(each.step(), followUps), followUps, each.title()));
        return List.copyOf(steps);
    }

    private static PlannedStep planned(JsonNode tree, Path file, @Nullable String title) {
        StepSpec parsed = parse(tree, StepSpec.class, "step spec");
        if (!CanonicalJson.of(parsed).equals(CanonicalJson.of(tree)))
            throw new InvalidInput(
                    ("The step spec %s holds fields that this version (%s) does not know, or leaves some out. Use the"
                                    + " version that planned the step.")
                            .formatted(file, VersionCommand.version()));
        String name = Objects.requireNonNullElse(title, parsed.kind());
        return new PlannedStep(StepKeys.of(parsed), parsed, name, name, null);
    }

    private Locations locations() {
        return locations == null ? Locations.NONE : parse(json(locations), Locations.class, "locations");
    }

    private JsonNode json(Path file) {
        try {
            byte[] bytes =
                    file.toString().equals("-") ? isogloss.environment.in().readAllBytes() : Files.readAllBytes(file);
            return json(new String(bytes, StandardCharsets.UTF_8), file);
        } catch (NoSuchFileException missing) {
            throw new InvalidInput("There is no file %s.".formatted(file));
        } catch (IOException unreadable) {
            throw new InvalidInput("%s cannot be read: %s.".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    /// @param file that holds the text
    private static JsonNode json(String text, Path file) {
        try {
            JsonNode tree = StoreJson.MAPPER.readTree(text);
            if (WholeCharacters.areAllOf(tree.toString())) return tree;
            throw new InvalidInput("%s holds half of a character (a surrogate); write both halves.".formatted(file));
        } catch (JsonProcessingException broken) {
            throw new InvalidInput("%s is no JSON: %s.".formatted(file, JsonMistake.inWords(broken)), broken);
        }
    }

    private static <T> T parse(JsonNode tree, Class<T> type, String what) {
        try {
            return StoreJson.MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException broken) {
            throw new InvalidInput("The %s is not one: %s.".formatted(what, JsonMistake.inWords(broken)), broken);
        } catch (IllegalArgumentException broken) {
            throw new InvalidInput("The %s is not one: %s.".formatted(what, broken.getMessage()), broken);
        }
    }
}
