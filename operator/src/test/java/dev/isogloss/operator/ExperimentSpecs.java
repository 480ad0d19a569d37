package dev.isogloss.operator;

import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;

/// Specs of experiments with their defaults filled in, as the API server gives them.
public final class ExperimentSpecs {
    private ExperimentSpecs() {}

    public static TransferExperimentSpec small() {
        return ((TransferExperimentManifest) ManifestReader.read("test", """
                        apiVersion: isogloss.dev/v1alpha1
                        kind: TransferExperiment
                        metadata: {name: one}
                        spec:
                          task: {type: SequenceClassification}
                          data: {name: toy, location: {generated: {}}}
                          encoder: {location: {uri: "hf://org/encoder"}}
                          source: qal
                          targets: [qen]
                          stages: [{fineTune: {epochs: 1}}]
                        """).getFirst()).spec();
    }
}
