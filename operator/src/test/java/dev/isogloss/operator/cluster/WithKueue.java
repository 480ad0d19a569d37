package dev.isogloss.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The real Kueue beside the simulated cluster, from the same tool: `TOOL kueue up`. Where the tool has none, the tests
/// are skipped. Goes after `SimulatedCluster`.
public final class WithKueue implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        boolean runs = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WithKueue.class))
                .getOrComputeIfAbsent(Started.class)
                .runs;
        Assumptions.assumeTrue(runs, "ISOGLOSS_CLUSTER_TOOL names a tool that has no Kueue");
    }

    /// It ends with the cluster.
    static final class Started {
        private final boolean runs;

        Started() {
            try {
                runs = SimulatedCluster.tool("kueue", "up").code() == 0;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
