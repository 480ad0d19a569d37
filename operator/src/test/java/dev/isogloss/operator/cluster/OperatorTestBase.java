package dev.isogloss.operator.cluster;

import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// The base of tests before a real API server: each test has a namespace, Jobs that succeed unless it says
/// otherwise, and a running operator.
@ExtendWith(RealApiServer.class)
abstract class OperatorTestBase {
    OperatorRig rig = null;
    PlayedJobs jobs = null;
    RunningOperator operator = null;

    @BeforeEach
    void start() {
        rig = new OperatorRig(RealApiServer.client());
        jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
        operator = new RunningOperator(RealApiServer.client(), rig.namespace());
    }

    @AfterEach
    void stop() {
        operator.close();
        jobs.close();
        rig.close();
    }
}
