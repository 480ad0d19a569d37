package dev.isogloss.operator.cluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// Base of tests of an operator in a simulated cluster: each test has a namespace, pods that succeed unless it says
/// otherwise, and a running operator.
@ExtendWith(SimulatedCluster.class)
abstract class SimulatedTestBase {
    OperatorRig rig = null;
    PlayedPods pods = null;
    RunningOperator operator = null;

    @BeforeEach
    void start() {
        rig = new OperatorRig(SimulatedCluster.client());
        pods = new PlayedPods(rig.client(), rig.namespace(), _ -> true);
        operator = new RunningOperator(SimulatedCluster.client(), rig.namespace());
    }

    @AfterEach
    void stop() {
        operator.close();
        pods.close();
        rig.close();
    }
}
