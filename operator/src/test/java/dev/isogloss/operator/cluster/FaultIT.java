package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.ResultRow;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.cluster.FaultyProxy.Pass;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator is let down by its connection, or dies, at every point where it writes.
@ExtendWith(RealApiServer.class)
class FaultIT {
    private static final String SMALL = Manifests.small("fragile").replace("seeds: [1, 2]", "seeds: [1]");
    private static final Duration STORM = Duration.ofMinutes(2);
    private static final StepCounts ALL_DONE = new StepCounts(2, 2, 0, 0, 0);

    @Test
    void wherever_it_dies_the_next_one_goes_on_without_doing_anything_twice() {
        List<ResultRow> undisturbed = null;
        for (Faults.Point point : Faults.Point.values()) {
            int write = 0;
            Faults faults;
            do {
                faults = Faults.killedAt(++write, point);
                List<ResultRow> results = dieAndGoOn(faults, point + " write " + write);
                if (undisturbed == null) undisturbed = results;
                assertThat(results).as(point + " write " + write).isEqualTo(undisturbed);
            } while (faults.isDead());
            assertThat(write).as("points at which it was killed").isGreaterThan(8);
        }
    }

    private static List<ResultRow> dieAndGoOn(Faults faults, String where) {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed())) {
            try (RunningOperator first =
                    new RunningOperator(faults.client(), rig.namespace(), "isogloss.reports.events", "false")) {
                assertThat(first).isNotNull();
                rig.apply(SMALL);
                rig.eventually(() -> assertThat(faults.isDead()
                                || rig.experiment("fragile").getStatus() != null
                                        && rig.experiment("fragile").getStatus().completionTime() != null)
                        .isTrue());
            }
            try (RunningOperator second =
                    new RunningOperator(RealApiServer.client(), rig.namespace(), "isogloss.reports.events", "false")) {
                assertThat(second).isNotNull();
                ExperimentStatus status = rig.await("fragile", ConditionType.Complete);
                assertThat(status.steps()).as(where).isEqualTo(ALL_DONE);
                assertThat(jobs.made().values()).as(where).containsOnly(1).hasSize(2);
                return status.results();
            }
        }
    }

    @Test
    void an_api_server_that_refuses_one_request_in_three_is_outlasted() {
        Random random = new Random(7);
        int[] codes = {409, 429, 500, 503};
        Faults faults = new Faults((method, path, point, write) ->
                write < 120 && path.contains("/namespaces/") && !method.equals("GET") && random.nextInt(3) == 0
                        ? codes[random.nextInt(codes.length)]
                        : 0);
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
                RunningOperator operator = new RunningOperator(faults.client(), rig.namespace())) {
            assertThat(operator).isNotNull();
            rig.apply(Manifests.small("shaken"));
            ExperimentStatus status = rig.await("shaken", ConditionType.Complete);

            assertThat(status.steps()).isEqualTo(new StepCounts(4, 4, 0, 0, 0));
            assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            assertThat(faults.writes()).isPositive();
        }
    }

    /// The client tries twice, so that the operator hears of what the client would have outlasted alone.
    @Test
    void two_minutes_of_refusals_and_lost_answers_lose_nothing_and_do_nothing_twice() throws IOException {
        Storm storm = new Storm(11);
        try (FaultyProxy proxy = new FaultyProxy(RealApiServer.config());
                OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
                RunningOperator operator = new RunningOperator(proxy.client(1), rig.namespace())) {
            assertThat(operator).isNotNull();
            proxy.handleBy(storm);
            Instant end = Instant.now().plus(STORM);
            int rounds = 0;
            while (Instant.now().isBefore(end)) workInTheStorm(rig, rounds++);
            proxy.handleBy(_ -> new Pass());

            for (int round = 0; round < rounds; round++) {
                assertThat(counts(rig, "whole-" + round)).isEqualTo(List.of(4, 4, 0, 0));
                assertThat(counts(rig, "grown-" + round)).isEqualTo(List.of(4, 4, 0, 0));
                assertThat(counts(rig, "paused-" + round)).isEqualTo(List.of(2, 2, 0, 0));
            }
            assertThat(jobs.made().values()).containsOnly(1).hasSize(6 * rounds);
            assertThat(rig.steps()).hasSize(6 * rounds).allSatisfy(step -> assertThat(
                            Conditions.holds(step.getStatus().conditions(), ConditionType.Complete))
                    .isTrue());
            assertThat(storm.dealt())
                    .containsOnlyKeys(
                            "409",
                            "429",
                            "429 later",
                            "500",
                            "500 done",
                            "500 later",
                            "503",
                            "503 done",
                            "503 later",
                            "hung up");
        }
    }

    /// Three experiments that share steps: one as it stands, one that grows, one that is suspended and goes on.
    private static void workInTheStorm(OperatorRig rig, int round) {
        int seed = 10 * round + 1;
        rig.apply(ofSeeds("whole-" + round, seed + ", " + (seed + 1)));
        rig.apply(ofSeeds("grown-" + round, "" + (seed + 1)));
        rig.apply(ofSeeds("paused-" + round, "" + (seed + 2)));
        rig.patch("paused-" + round, "{\"spec\":{\"suspend\":true}}");
        rig.patch("grown-" + round, "{\"spec\":{\"seeds\":[%d, %d]}}".formatted(seed + 1, seed + 2));
        rig.await("whole-" + round, ConditionType.Complete);
        rig.patch("paused-" + round, "{\"spec\":{\"suspend\":false}}");
        rig.await("grown-" + round, ConditionType.Complete);
        rig.await("paused-" + round, ConditionType.Complete);
    }

    private static String ofSeeds(String name, String seeds) {
        return Manifests.small(name).replace("seeds: [1, 2]", "seeds: [" + seeds + "]");
    }

    private static List<Integer> counts(OperatorRig rig, String name) {
        StepCounts steps = rig.await(name, ConditionType.Complete).steps();
        return List.of(steps.total(), steps.succeeded(), steps.running(), steps.failed());
    }
}
