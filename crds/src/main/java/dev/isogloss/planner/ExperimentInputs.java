package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.data.Dictionary;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.experiment.Evaluate;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.plan.step.Input;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the specs of all kinds have in common: what is learnt, from what, and what is measured.
record ExperimentInputs(
        TaskSpec task,
        Data data,
        @Nullable Corpus corpus,
        @Nullable Dictionary dictionary,
        String source,
        List<String> targets,
        Evaluate evaluate) {

    static ExperimentInputs of(TransferExperimentSpec spec) {
        return new ExperimentInputs(
                spec.task(),
                spec.data(),
                spec.corpus(),
                spec.dictionary(),
                spec.source(),
                spec.targets(),
                spec.evaluate());
    }

    static ExperimentInputs of(CoTrainingRunSpec spec) {
        return new ExperimentInputs(
                spec.task(),
                spec.data(),
                spec.corpus(),
                spec.dictionary(),
                spec.source(),
                spec.targets(),
                spec.evaluate());
    }

    /// Where all of it lies.
    ///
    /// @param encoders by the field of the manifest where each stands
    /// @throws InvalidInput if two encoders of one name lie in different places
    Locations locations(Map<String, EncoderSpec> encoders) {
        Map<String, Location> inputs = new TreeMap<>();
        inputs.put(Input.DATA, data.location());
        if (corpus != null) inputs.put(Input.CORPUS, corpus.location());
        if (corpus != null && corpus.pairs() != null) inputs.put(Input.PAIRS, corpus.pairs());
        if (dictionary != null) inputs.put(Input.DICTIONARY, dictionary.location());
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
        return new Locations(inputs, data.languages());
    }
}
