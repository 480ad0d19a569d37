package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The suites in isogloss/tests.
class SuitesTest {

    @Test
    void the_suites_of_helm_unittest_pass() throws Exception {
        Optional<Program> unittest = Program.find("helm-unittest", "ISOGLOSS_HELM_UNITTEST");
        assumeTrue(unittest.isPresent(), "no helm-unittest on the PATH or built by helm/tools: its suites are not run");

        Program.Run run = unittest.orElseThrow().run("--strict", Chart.FOLDER.toString());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }
}
