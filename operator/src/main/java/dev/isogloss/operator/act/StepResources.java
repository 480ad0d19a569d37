package dev.isogloss.operator.act;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.cluster.Resources;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.plan.step.StepJson;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The resources of a step's container: the experiment's, else the installation's. With limits of an experiment's
/// own, the installation's requests do not apply, since they might exceed these.
final class StepResources {
    private StepResources() {}

    static ResourceRequirements of(Runtime runtime, boolean withoutDevice, OperatorSettings.Trainer trainer) {
        return withoutDevice
                ? either(runtime.cpuResources(), trainer.cpuRequests(), trainer.cpuLimits())
                : either(runtime.resources(), trainer.requests(), trainer.limits());
    }

    /// A step that this version cannot read gets what most steps get; its pod ends with a sentence about it.
    static boolean isWithoutDevice(TrainingStepSpec spec) {
        try {
            return !StepJson.read(spec.step()).device();
        } catch (JsonProcessingException unknown) {
            return false;
        }
    }

    /// True if the limits name an extended resource (`nvidia.com/gpu`), which a container can ask for in no other way.
    static boolean hasDevice(Map<String, Quantity> limits) {
        return limits.entrySet().stream()
                .anyMatch(limit -> limit.getKey().contains("/")
                        && !limit.getKey().contains("kubernetes.io/")
                        && limit.getValue().getNumericalAmount().signum() > 0);
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
