package dev.isogloss.operator.views;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;
import java.util.Objects;

/// A step that has succeeded, as a store keeps it: a few hundred bytes, from which the step is made whenever somebody
/// asks. A lab has hundreds of thousands of them, and most are never looked at again.
@Group("isogloss.dev")
@Version("v1alpha1")
@Plural("trainingsteps")
@Singular("trainingstep")
@Kind("TrainingStep")
public final class EndedStep extends TrainingStep {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    /// Of requests that many owners have withdrawn; it is rare, and such a step stays as it is.
    private static final int LONG_ANNOTATION = 16_000;

    private EndedStep(TrainingStep step) {
        bytes = EndedStepBytes.of(step);
        super.setMetadata(null);
    }

    /// The form in which a store keeps a trimmed step.
    static TrainingStep kept(TrainingStep step) {
        boolean succeeded = step.getStatus() != null && step.getStatus().phase() == Phase.Succeeded;
        Map<String, String> annotations =
                Objects.requireNonNullElse(step.getMetadata().getAnnotations(), Map.of());
        boolean isShort = annotations.values().stream().allMatch(value -> value.length() < LONG_ANNOTATION);
        return succeeded && isShort ? new EndedStep(step) : step;
    }

    /// The step itself, where it is kept as such.
    static TrainingStep whole(TrainingStep step) {
        return step instanceof EndedStep ended ? ended.whole() : step;
    }

    TrainingStep whole() {
        return EndedStepBytes.read(bytes);
    }

    @Override
    public ObjectMeta getMetadata() {
        return whole().getMetadata();
    }

    @Override
    public TrainingStepSpec getSpec() {
        return whole().getSpec();
    }

    @Override
    public TrainingStepStatus getStatus() {
        return whole().getStatus();
    }
}
