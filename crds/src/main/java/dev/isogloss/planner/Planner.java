package dev.isogloss.planner;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;

/// The plan of a manifest: a pure function from its spec to the steps it needs.
///
/// Keys depend on what a step reads and does, and on nothing else: an experiment that grows (a target, a seed, a split
/// to measure) keeps the keys of all training steps it had.
public final class Planner {
    private Planner() {}

    /// The steps of an experiment in dependency order, each key once.
    ///
    /// @param spec with defaults filled in, as `ManifestReader` and the API server give it
    /// @throws InvalidInput if the spec means nothing that can be run
    public static Plan plan(String name, TransferExperimentSpec spec) {
        return new ExperimentPlanner(spec).plan(name);
    }

    /// The steps of a run in dependency order, each key once: all rounds, known before the first one starts.
    ///
    /// @param spec with defaults filled in, as `ManifestReader` and the API server give it
    /// @throws InvalidInput if the spec means nothing that can be run
    public static Plan plan(String name, CoTrainingRunSpec spec) {
        return new RoundPlanner(spec).plan(name);
    }

    /// The places of the files that the plan of `spec` names.
    public static Locations locations(TransferExperimentSpec spec) {
        return ExperimentInputs.of(spec).locations(Map.of("spec.encoder", spec.encoder()));
    }

    /// The places of the files that the plan of `spec` names.
    public static Locations locations(CoTrainingRunSpec spec) {
        Map<String, EncoderSpec> encoders = new LinkedHashMap<>();
        for (ModelSpec model : spec.models()) encoders.put(RoundPlanner.encoderField(model), model.encoder());
        return ExperimentInputs.of(spec).locations(encoders);
    }
}
