package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.cluster.FaultyProxy.Fate;
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

    /// Experiments, runs, steps, Jobs and pods.
    private static final int WATCHES = 5;

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
                FaultyProxy line = new FaultyProxy(server.config())) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig lab = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), lab.namespace(), _ -> new Run());
                    RunningOperator operator = new RunningOperator(line.client(10), lab.namespace())) {
                assertThat(operator).isNotNull();
                for (int seed = 1; seed <= 3; seed++) lab.apply(ofSeed("early-" + seed, seed));
                for (int seed = 1; seed <= 3; seed++)
                    lab.await("early-" + seed, status -> status.phase() == Phase.Running);
                line.treat(request -> request.isWatch() ? AWAY : new Pass());
                assertThat(line.cutWatches()).isEqualTo(WATCHES);

                jobs.script(_ -> new Succeed());
                lab.eventually(() -> assertThat(lab.jobs()).hasSize(3).allMatch(WatchIT::isComplete));
                lab.delete("early-2");
                lab.delete("early-3");
                lab.apply(ofSeed("early-3", 4));
                lab.apply(ofSeed("late", 5));
                server.kill();
                server.startAgain();
                line.treat(_ -> new Pass());

                assertThat(lab.await("early-1", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                assertThat(lab.await("late", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                assertThat(lab.await("early-3", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                lab.eventually(() -> assertThat(line.tooOld())
                        .as("watches that had to list again")
                        .isGreaterThanOrEqualTo(WATCHES));
                assertThat(jobs.made().values()).containsOnly(1);

                // Whoever believed that early-2 is still there would make its step again.
                lab.client().resource(lab.step("fineTune qal seed 2")).delete();
                lab.apply(ofSeed("after", 6));
                lab.await("after", ConditionType.Complete);
                assertThat(lab.steps()).noneMatch(step -> step.getSpec().title().equals("fineTune qal seed 2"));
            }
        }
    }

    /// One in three of the watches that begin is told at once that it is too late.
    @Test
    void watches_that_are_cut_and_refused_again_and_again_miss_nothing() throws Exception {
        Random random = new Random(5);
        AtomicInteger gone = new AtomicInteger();
        try (OwnApiServer server = new OwnApiServer();
                FaultyProxy line = new FaultyProxy(server.config())) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig lab = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), lab.namespace(), _ -> new Succeed());
                    RunningOperator operator = new RunningOperator(line.client(10), lab.namespace())) {
                assertThat(operator).isNotNull();
                line.treat(request -> fate(request, random, gone));
                int seed = 0;
                while (gone.get() < REFUSALS) {
                    line.cutWatches();
                    lab.apply(ofSeed("shaken-" + ++seed, seed));
                    line.cutWatches();
                    assertThat(lab.await("shaken-" + seed, ConditionType.Complete)
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
                FaultyProxy line = new FaultyProxy(server.config())) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig lab = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), lab.namespace(), _ -> new Succeed());
                    RunningOperator operator = new RunningOperator(line.client(10), lab.namespace())) {
                assertThat(operator).isNotNull();
                lab.apply(ofSeed("first", 1));
                lab.await("first", ConditionType.Complete);
                TrainingStep step = lab.step("fineTune qal seed 1");
                String name = step.getMetadata().getName();
                line.treat(request -> {
                    if (!request.isWatch()
                            && !request.isWrite()
                            && request.target().contains(name)) asked.incrementAndGet();
                    return request.isWatch() && request.target().contains("/trainingsteps") ? AWAY : new Pass();
                });
                line.cutWatches();
                lab.delete("first");
                lab.client().resource(step).delete();
                lab.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(lab.namespace())
                        .withName(name)
                        .delete();
                lab.apply(ofSeed("second", 1));
                lab.eventually(() -> assertThat(asked.get()).isPositive());
                line.treat(_ -> new Pass());

                assertThat(lab.await("second", ConditionType.Complete).steps().succeeded())
                        .isEqualTo(2);
                assertThat(lab.step("fineTune qal seed 1").getSpec().step())
                        .isEqualTo(step.getSpec().step());
                assertThat(jobs.made()).containsEntry(name, 2);
            }
        }
    }

    private static Fate fate(Request request, Random random, AtomicInteger gone) {
        if (!request.isWatch() || random.nextInt(3) > 0) return new Pass();
        gone.incrementAndGet();
        return GONE;
    }
}
