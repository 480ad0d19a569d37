package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.Resources;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a step's container asks for: the experiment's words, else the installation's. Whoever names limits of their own
/// has said everything: the installation's requests might exceed them.
final class StepResources {
    /// Kinds that count, sort and average what others computed, and must never hold a GPU. Analyse also runs models, on
    /// some thousand texts.
    private static final Set<String> WITHOUT_DEVICE =
            Set.of("SelectPseudoLabels", "ChooseBestRound", "Analyse", "Ensemble");

    private StepResources() {}

    static ResourceRequirements of(TrainingStepSpec spec, OperatorSettings.Trainer trainer) {
        return isWithoutDevice(spec)
                ? either(spec.runtime().cpuResources(), trainer.cpuRequests(), trainer.cpuLimits())
                : either(spec.runtime().resources(), trainer.requests(), trainer.limits());
    }

    static boolean isWithoutDevice(TrainingStepSpec spec) {
        return WITHOUT_DEVICE.contains(spec.kind());
    }

    private static ResourceRequirements either(@Nullable Resources given, String requests, String limits) {
        if (given == null) return requirements(Amounts.read(requests), Amounts.read(limits));
        return requirements(
                Objects.requireNonNullElse(given.requests(), Map.of()),
                Objects.requireNonNullElse(given.limits(), Map.of()));
    }

    private static ResourceRequirements requirements(Map<String, String> requests, Map<String, String> limits) {
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(requests))
                .withLimits(quantities(limits))
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> amounts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
        return quantities;
    }
}
