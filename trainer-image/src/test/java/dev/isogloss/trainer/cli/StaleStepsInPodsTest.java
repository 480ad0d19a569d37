package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import dev.isogloss.result.TerminationMessage;
import dev.isogloss.result.TerminationMessage.Result;
import dev.isogloss.trainer.bucket.BucketServer;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.executor.LocalExecutor;
import dev.isogloss.trainer.executor.RunContext;
import dev.isogloss.trainer.executor.StopSwitch;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pods for three trainings, each of which goes on from the one before. The first one is replaced by others.
@Timeout(120)
class StaleStepsInPodsTest {
    private static final PlannedStep FIRST = planned("first", StepFixtures.training(null, 1));
    private static final PlannedStep SECOND = planned("second", StepFixtures.training(FIRST.key(), 2));
    private static final PlannedStep THIRD = planned("third", StepFixtures.training(SECOND.key(), 3));

    @RegisterExtension
    private static final BucketServer server = new BucketServer();

    private enum Place {
        FOLDER,
        BUCKET
    }

    @TempDir
    Path folder;

    private final List<String> ran = new ArrayList<>();
    private CommandLineRig rig;
    private Map<String, String> variables;
    private String store;
    private double score = 0.5;

    private static PlannedStep planned(String title, StepSpec spec) {
        return new PlannedStep(StepKeys.of(spec), spec, title, title, null);
    }

    private void allIsThere(Place place) throws IOException {
        variables = new HashMap<>(server.environment());
        variables.put("ISOGLOSS_SCRATCH", folder.resolve("scratch").toString());
        store = place == Place.FOLDER ? folder.resolve("store").toString() : "s3://lab/" + UUID.randomUUID();
        rig = new CommandLineRig(folder).with(variables).with(this::works);
        Files.writeString(rig.terminationLog(), "");
        for (PlannedStep step : List.of(FIRST, SECOND, THIRD))
            assertThat(pod(step).code()).isZero();
    }

    private StepResult works(PlannedStep step, StepContext context) throws IOException {
        ran.add(step.title());
        AtomicFiles.folder(context.folder().model(), model -> AtomicFiles.write(model.resolve("config.json"), "{}"));
        return StepFixtures.result(step.key(), score);
    }

    private StepResult isStopped(PlannedStep step, StepContext context) throws IOException {
        AtomicFiles.folder(
                context.folder().checkpoint(), state -> AtomicFiles.write(state.resolve("state"), "update 100"));
        context.store().keepCheckpoint(context.folder());
        throw new Stopped("at update 100 of 600");
    }

    private StepResult goesOn(PlannedStep step, StepContext context) throws IOException {
        assertThat(context.folder().checkpoint().resolve("state")).hasContent("update 100");
        return works(step, context);
    }

    private Output pod(PlannedStep step, PlannedStep... after) throws IOException {
        List<FollowUp> then = new ArrayList<>();
        for (PlannedStep each : after)
            then.add(new FollowUp(each.key().hex(), each.spec().kind(), CanonicalJson.of(each.spec()), each.title()));
        Files.writeString(rig.file("then.json"), CanonicalJson.of(then));
        ran.clear();
        return rig.typing(CanonicalJson.of(step.spec()))
                .run(
                        "step",
                        "--spec=-",
                        "--store=" + store,
                        "--title=" + step.title(),
                        "--follow-ups=" + rig.file("then.json"));
    }

    /// What `run --again` does where it is given the first step.
    private void theFirstIsReplaced() throws IOException {
        score = 0.75;
        run(FIRST);
    }

    private void run(PlannedStep... again) {
        ran.clear();
        RunContext context = new RunContext(
                opened(),
                InputLocations.NONE,
                ClaimFolders.withLinks(Map.of()),
                new StopSwitch(),
                RunOptions.DEFAULT,
                HubSettings.of(Map.of()));
        new LocalExecutor(this::works, context, 1, RunListener.SILENT, InstantSource.system())
                .run(
                        new Plan("lab", again.length > 0 ? List.of(again) : List.of(FIRST, SECOND, THIRD)),
                        Stream.of(again).map(PlannedStep::key).collect(Collectors.toSet()));
    }

    private Store opened() {
        return Stores.open(store, variables);
    }

    private double score(PlannedStep step) {
        return opened().result(step.key()).orElseThrow().scores().getFirst().value();
    }

    private Result said() throws IOException {
        return (Result) TerminationMessage.read(Files.readString(rig.terminationLog()));
    }

    @ParameterizedTest
    @EnumSource
    void a_stale_step_is_computed_again_and_its_readers_are_stale_if_it_differs(Place place) throws IOException {
        allIsThere(place);
        theFirstIsReplaced();
        assertThat(opened().stale()).containsExactly(SECOND.key());

        Output second = pod(SECOND);

        assertThat(second.code()).isZero();
        assertThat(second.out())
                .contains("second: differs from what the store held, and replaces it: de test Accuracy 0.75, was 0.5");
        assertThat(said().reused()).isFalse();
        assertThat(said().scores().getFirst().value()).isEqualTo("0.75");
        assertThat(score(SECOND)).isEqualTo(0.75);
        assertThat(opened().stale()).containsExactly(THIRD.key());

        score = 0.5;
        assertThat(pod(THIRD).out()).contains("third: the same to the last bit as what the store held");
        assertThat(opened().stale()).isEmpty();
        assertThat(pod(THIRD).code()).isZero();
        assertThat(ran).isEmpty();
        assertThat(said().reused()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_pod_that_is_stopped_meanwhile_leaves_the_former_result_and_its_checkpoint(Place place) throws IOException {
        allIsThere(place);
        theFirstIsReplaced();
        rig.with(this::isStopped);

        assertThat(pod(SECOND).code()).isEqualTo(143);

        assertThat(score(SECOND)).isEqualTo(0.5);
        assertThat(opened().stale()).containsExactly(SECOND.key());
        rig.with(this::goesOn);
        assertThat(pod(SECOND).code()).isZero();
        assertThat(score(SECOND)).isEqualTo(0.75);
        assertThat(opened().stale()).containsExactly(THIRD.key());
    }

    @ParameterizedTest
    @EnumSource
    void what_a_pod_left_stale_a_run_computes(Place place) throws IOException {
        allIsThere(place);
        theFirstIsReplaced();
        rig.with(this::isStopped);
        pod(SECOND);

        run();

        assertThat(ran).containsExactly("second", "third");
        assertThat(opened().stale()).isEmpty();
        assertThat(opened().leftovers()).isEmpty();
    }

    @Test
    void a_pod_that_finds_its_own_result_does_not_report_stale_ones_of_what_follows() throws IOException {
        allIsThere(Place.FOLDER);
        theFirstIsReplaced();

        pod(FIRST, SECOND, THIRD);

        assertThat(ran).isEmpty();
        assertThat(said().followUps()).extracting(Result::key).containsExactly(THIRD.key());
    }

    @Test
    void a_pod_that_computes_its_own_step_again_computes_stale_ones_that_follow() throws IOException {
        allIsThere(Place.FOLDER);
        theFirstIsReplaced();

        Output output = pod(SECOND, THIRD);

        assertThat(ran).containsExactly("second", "third");
        assertThat(output.out()).contains("third: differs from what the store held");
        assertThat(said().followUps()).extracting(Result::reused).containsExactly(false);
        assertThat(opened().stale()).isEmpty();
    }
}
