package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.ResultRow;
import dev.isogloss.api.StepCounts;
import dev.isogloss.api.TransferExperimentStatus;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.words.ConditionType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator is let down by its connection, or dies, at every point where it writes.
@ExtendWith(RealApiServer.class)
class FaultIT {
    private static final String SMALL = Manifests.small("fragile").replace("seeds: [1, 2]", "seeds: [1]");
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
        try (Lab lab = new Lab(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(lab.namespace(), _ -> new Succeed())) {
            try (RunningOperator first =
                    new RunningOperator(faults.client(), lab.namespace(), "isogloss.reports.events", "false")) {
                assertThat(first).isNotNull();
                lab.apply(SMALL);
                lab.eventually(() -> assertThat(faults.isDead()
                                || lab.experiment("fragile").getStatus() != null
                                        && lab.experiment("fragile").getStatus().completionTime() != null)
                        .isTrue());
            }
            try (RunningOperator second =
                    new RunningOperator(RealApiServer.client(), lab.namespace(), "isogloss.reports.events", "false")) {
                assertThat(second).isNotNull();
                TransferExperimentStatus status = lab.await("fragile", ConditionType.Complete);
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
        try (Lab lab = new Lab(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(lab.namespace(), _ -> new Succeed());
                RunningOperator operator = new RunningOperator(faults.client(), lab.namespace())) {
            assertThat(operator).isNotNull();
            lab.apply(Manifests.small("shaken"));
            TransferExperimentStatus status = lab.await("shaken", ConditionType.Complete);

            assertThat(status.steps()).isEqualTo(new StepCounts(4, 4, 0, 0, 0));
            assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            assertThat(faults.writes()).isPositive();
        }
    }
}
