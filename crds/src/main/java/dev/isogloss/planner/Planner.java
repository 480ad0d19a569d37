package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.ExchangeStrategy;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.TriTrainingStrategy;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.Input;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

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
        return switch (spec.strategy().chosen()) {
            case ExchangeStrategy exchange -> new RoundPlanner(spec, exchange).plan(name);
            case TriTrainingStrategy triTraining -> new TriTrainingPlanner(spec, triTraining).plan(name);
        };
    }

    /// The steps of a benchmark in dependency order, each key once: those of its systems, which have the keys that they
    /// have outside of it, then choices and comparisons.
    ///
    /// @throws InvalidInput if the spec means nothing that can be run
    public static Plan plan(String name, TransferBenchmarkSpec spec) {
        return new BenchmarkPlanner(name, spec).plan();
    }

    /// The places of the files that the plan of `spec` names.
    public static Locations locations(TransferExperimentSpec spec) {
        return locations(spec.common(), Map.of("spec.encoder", spec.encoder()));
    }

    /// The places of the files that the plan of `spec` names.
    public static Locations locations(CoTrainingRunSpec spec) {
        Map<String, EncoderSpec> encoders = new LinkedHashMap<>();
        for (ModelSpec model : spec.models()) encoders.put(RoundPlanner.encoderField(model), model.encoder());
        if (spec.strategy().chosen() instanceof TriTrainingStrategy triTraining) {
            EncoderSpec generator = triTraining.augment().maskedLanguageModel().encoder();
            if (generator != null) encoders.put(AugmentedSplits.GENERATOR, generator);
        }
        return locations(spec.common(), encoders);
    }

    private static Locations locations(ExperimentSettings common, Map<String, EncoderSpec> encoders) {
        Map<String, Location> inputs = new TreeMap<>();
        inputs.put(Input.DATA, common.data().location());
        if (common.corpus() != null) inputs.put(Input.CORPUS, common.corpus().location());
        if (common.corpus() != null && common.corpus().pairs() != null)
            inputs.put(Input.PAIRS, common.corpus().pairs());
        if (common.dictionary() != null)
            inputs.put(Input.DICTIONARY, common.dictionary().location());
        encoders.forEach((field, encoder) -> {
            Location location = encoder.location();
            if (location == null) return;
            String name = EncoderNames.published(encoder, field).name();
            Location other = inputs.putIfAbsent(Input.encoder(name), location);
            if (other != null && !other.equals(location))
                throw new InvalidInput(
                        ("%s.name is %s, which is the name of another model's encoder that lies elsewhere."
                                        + " Give the encoders names of their own.")
                                .formatted(field, name));
        });
        return new Locations(inputs, common.data().languages());
    }
}
