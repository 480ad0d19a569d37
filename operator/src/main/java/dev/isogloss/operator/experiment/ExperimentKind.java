package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.experiment.TransferExperimentStatus;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the walk has to know of a kind of experiment: what its spec means, and where its status goes.
///
/// @param <R> the resource
public interface ExperimentKind<R extends CustomResource<?, ?>> {

    /// @throws InvalidInput if the spec means nothing that can be run
    Plan plan(R experiment);

    Locations locations(R experiment);

    Runtime runtime(R experiment);

    /// Null where the installation's store is meant.
    @Nullable
    Storage storage(R experiment);

    boolean isSuspended(R experiment);

    /// What all kinds' statuses have in common, as it stands in the resource; null before the first one.
    @Nullable
    TransferExperimentStatus status(R experiment);

    /// Tells what is news of the kind alone, once a status was written.
    ///
    /// @param before with the status that was there
    /// @param fresh  with the one that is there now
    default void tell(R before, R fresh, Events events, Telemetry telemetry) {}

    /// What the kind will add to its status; nothing unless it says otherwise.
    ///
    /// @param results of whatever steps are done
    default Extra extra(Plan plan, Map<StepKey, StepResult> results) {
        return Extra.NONE;
    }

    /// @param bytes   as JSON, at most 16 KiB
    /// @param leftOut rows that did not fit
    record Extra(int bytes, int leftOut) {
        static final int MOST_BYTES = 16 * 1024;
        static final Extra NONE = new Extra(0, 0);
    }

    /// A resource with this status, and what the kind has to add to it, and nothing else: what is handed to a
    /// server-side apply.
    ///
    /// @param plan    without steps where the spec means none
    /// @param results of whatever steps are done
    R withStatus(TransferExperimentStatus status, Plan plan, Map<StepKey, StepResult> results);
}
