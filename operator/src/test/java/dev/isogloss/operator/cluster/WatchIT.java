package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.cluster.FaultyProxy.Handling;
import dev.isogloss.operator.cluster.FaultyProxy.Pass;
import dev.isogloss.operator.cluster.FaultyProxy.Refuse;
import dev.isogloss.operator.cluster.FaultyProxy.Request;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Watches end, and the API server does not remember any more what they have not told.
@ExtendWith(ApiServerPrograms.Needed.class)
class WatchIT {
    private static final Refuse AWAY = new Refuse(503, "ServiceUnavailable", 0);
    private static final Refuse GONE = new Refuse(410, "Expired", 0);
    private static final int REFUSALS = 20;

    /// Experiments, runs, benchmarks, steps, Jobs and pods.
    private static final int WATCHES = 6;

    private static final StepCounts ALL_DONE = new StepCounts(2, 2, 0, 0, 0);

    private static String ofSeed(String name, int seed) {
        return Manifests.small(name).replace("seeds: [1, 2]", "seeds: [" + seed + "]");
    }

    private static boolean isComplete(Job job) {
        return job.getStatus() != null && job.getStatus().getSucceeded() != null;
    }

    /// The API server that comes back remembers no events: what the watches saw last is too old for it.
    @Test
    void what_happened_while_the_watches_were_away_is_found_by_listing_again() throws Exception {
        try (OwnApiServer server = new OwnApiServer();
                FaultyProxy proxy = new FaultyProxy(server.config())) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig rig = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Run());
                    RunningOperator operator = new RunningOperator(proxy.client(10), rig.namespace())) {
                assertThat(operator).isNotNull();
                for (int seed = 1; seed <= 3; seed++) rig.apply(ofSeed("early-" + seed, seed));
                for (int seed = 1; seed <= 3; seed++)
                    rig.await("early-" + seed, status -> status.phase() == Phase.Running);
                proxy.handleBy(request -> request.isWatch() ? AWAY : new Pass());
                assertThat(proxy.cutWatches()).isEqualTo(WATCHES);

                jobs.script(_ -> new Succeed());
                rig.eventually(() -> assertThat(rig.jobs()).hasSize(3).allMatch(WatchIT::isComplete));
                rig.delete("early-2");
                rig.delete("early-3");
                rig.apply(ofSeed("early-3", 4));
                rig.apply(ofSeed("late", 5));
                server.kill();
                server.startAgain();
                proxy.handleBy(_ -> new Pass());

                assertThat(rig.await("early-1", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                assertThat(rig.await("late", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                assertThat(rig.await("early-3", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                rig.eventually(() -> assertThat(proxy.tooOld())
                        .as("watches that had to list again")
                        .isGreaterThanOrEqualTo(WATCHES));
                assertThat(jobs.made().values()).containsOnly(1);

                // Whoever believed that early-2 is still there would make its step again.
                rig.client().resource(rig.step("fineTune qal seed 2")).delete();
                rig.apply(ofSeed("after", 6));
                rig.await("after", ConditionType.Complete);
                assertThat(rig.steps()).noneMatch(step -> step.getSpec().title().equals("fineTune qal seed 2"));
            }
        }
    }

    /// One in three of the watches that begin is told at once that it is too late.
    @Test
    void watches_that_are_cut_and_refused_again_and_again_miss_nothing() throws Exception {
        Random random = new Random(5);
        AtomicInteger gone = new AtomicInteger();
        try (OwnApiServer server = new OwnApiServer();
                FaultyProxy proxy = new FaultyProxy(server.config())) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig rig = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Succeed());
                    RunningOperator operator = new RunningOperator(proxy.client(10), rig.namespace())) {
                assertThat(operator).isNotNull();
                proxy.handleBy(request -> fate(request, random, gone));
                int seed = 0;
                while (gone.get() < REFUSALS) {
                    proxy.cutWatches();
                    rig.apply(ofSeed("shaken-" + ++seed, seed));
                    proxy.cutWatches();
                    assertThat(rig.await("shaken-" + seed, ConditionType.Complete)
                                    .steps())
                            .isEqualTo(ALL_DONE);
                }
                assertThat(jobs.made().values()).containsOnly(1).hasSize(2 * seed);
            }
        }
    }

    /// Of a step that is done, watches keep little more than its result.
    @Test
    void a_result_that_was_deleted_unseen_is_not_made_again_from_what_is_remembered_of_it() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (OwnApiServer server = new OwnApiServer();
                FaultyProxy proxy = new FaultyProxy(server.config())) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig rig = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Succeed());
                    RunningOperator operator = new RunningOperator(proxy.client(10), rig.namespace())) {
                assertThat(operator).isNotNull();
                rig.apply(ofSeed("first", 1));
                rig.await("first", ConditionType.Complete);
                TrainingStep step = rig.step("fineTune qal seed 1");
                String name = step.getMetadata().getName();
                proxy.handleBy(request -> {
                    if (!request.isWatch() && request.target().contains(name)) asked.incrementAndGet();
                    return request.isWatch() && request.target().contains("/trainingsteps") ? AWAY : new Pass();
                });
                proxy.cutWatches();
                rig.delete("first");
                rig.client().resource(step).delete();
                rig.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(rig.namespace())
                        .withName(name)
                        .delete();
                rig.apply(ofSeed("second", 1));
                rig.eventually(() -> assertThat(asked.get()).isPositive());
                proxy.handleBy(_ -> new Pass());

                assertThat(rig.await("second", ConditionType.Complete).steps().succeeded())
                        .isEqualTo(2);
                assertThat(rig.step("fineTune qal seed 1").getSpec().step())
                        .isEqualTo(step.getSpec().step());
                assertThat(jobs.made()).containsEntry(name, 2);
            }
        }
    }

    private static Handling fate(Request request, Random random, AtomicInteger gone) {
        if (!request.isWatch() || random.nextInt(3) > 0) return new Pass();
        gone.incrementAndGet();
        return GONE;
    }
}
