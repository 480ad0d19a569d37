package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.report.Summary;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A kind of experiment, as its reconciliation needs it: its plan, its settings and its status.
///
/// @param <R> the resource
public interface ExperimentKind<R extends CustomResource<?, ?>> {

    /// @throws InvalidInput if the spec means nothing that can be run
    Plan plan(R experiment);

    /// @param plan of the experiment
    InputLocations locations(R experiment, Plan plan);

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

    /// What results mean to a resource of this kind.
    Shown<R> shown(PlanResults results);

    /// What a kind shows in a status.
    ///
    /// @param summary the scores of the common status
    /// @param bytes   of what the kind adds, as JSON; each kind has a bound of its own
    /// @param leftOut rows that did not fit
    /// @param with    makes of the common status a resource that has it, with the addition, and nothing else, for a
    ///                server-side apply
    record Shown<R>(Summary summary, int bytes, int leftOut, Function<ExperimentStatus, R> with) {}
}
