package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.plan.Plan;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/// A kind of experiment, as its reconciliation needs it: its plan, its settings and its status.
///
/// @param <R> the resource
public interface ExperimentKind<R extends CustomResource<?, ?>> {

    /// @throws InvalidInput if the spec means nothing that can be run
    Plan plan(R experiment);

    /// @param plan of the experiment
    Locations locations(R experiment, Plan plan);

    Runtime runtime(R experiment);

    /// Null where the installation's store is meant.
    @Nullable
    Storage storage(R experiment);

    boolean isSuspended(R experiment);

    /// Seconds that it stays after its end; null where it stays for good. Also of an ended one, of which a cache
    /// may have dropped the rest of the spec.
    @Nullable
    Integer secondsToStay(R experiment);

    /// The part of its status that all kinds have, as it stands in the resource; null before the first one.
    @Nullable
    ExperimentStatus status(R experiment);

    /// Records events and metrics of this kind alone, once a status was written.
    ///
    /// @param before with the former status
    /// @param fresh  with the written one
    default void announce(R before, R fresh, Events events, Telemetry telemetry) {}

    /// The size of what this kind adds to the common status; nothing by default.
    default Extra extra(PlanResults results) {
        return Extra.NONE;
    }

    /// @param bytes   as JSON; each kind has a bound of its own
    /// @param leftOut rows that did not fit
    record Extra(int bytes, int leftOut) {
        static final Extra NONE = new Extra(0, 0);
    }

    /// A resource with this status and what the kind adds to it, and nothing else, for a server-side apply.
    R withStatus(ExperimentStatus status, PlanResults results);
}
