package dev.isogloss.operator.views;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.data.Location;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A step that has succeeded, as a cache keeps it: a few hundred bytes, from which the step is made whenever somebody
/// asks. A lab has hundreds of thousands of them, and most are never looked at again. Code that writes such a step has
/// to fetch it whole first.
@Group("isogloss.dev")
@Version("v1alpha1")
@Plural("trainingsteps")
@Singular("trainingstep")
@Kind("TrainingStep")
public final class EndedStep extends TrainingStep implements Cloneable {
    private static final long serialVersionUID = 1;

    /// Each is a copy of this one, and shares its texts: the framework's constructor looks them up by reflection, and
    /// makes them anew.
    private static final EndedStep TEMPLATE = new EndedStep();

    private static final Storage NO_STORAGE = new Storage(new Location(null, null, null, null));
    private static final Runtime NO_RUNTIME =
            new Runtime(null, null, null, 1, null, 0, FailurePolicy.Stop, 1, null, 0, null);

    /// Of requests that many owners have withdrawn; it is rare, and such a step is kept as it is.
    private static final int LONG_ANNOTATION = 16_000;

    private static final LabelSketches SKETCHES = new LabelSketches();

    /// What a thread has read last: informers ask for the metadata of a step some ten times in a row. It is theirs to
    /// read, as all that a cache holds.
    private static final ThreadLocal<@Nullable Read> LAST = new ThreadLocal<>();

    private record Read(byte[] bytes, ObjectMeta metadata) {}

    private byte[] bytes = {};

    private EndedStep() {
        super.setMetadata(null);
    }

    /// The form in which a cache keeps a step that has succeeded, without the work in its spec and without false
    /// conditions.
    static TrainingStep kept(ObjectMeta metadata, TrainingStepSpec spec, TrainingStepStatus status) {
        metadata.setAnnotations(withoutAttempts(metadata.getAnnotations()));
        TrainingStepStatus rest = trimmed(status, status.labelSketch(), status.followUps());
        if (metadata.getAnnotations().values().stream().allMatch(value -> value.length() < LONG_ANNOTATION))
            return of(EndedStepBytes.of(metadata, spec, rest));
        TrainingStep step = new TrainingStep();
        step.setMetadata(metadata);
        step.setSpec(spec);
        step.setStatus(rest);
        return step;
    }

    private static EndedStep of(byte[] bytes) {
        try {
            EndedStep step = (EndedStep) TEMPLATE.clone();
            step.bytes = bytes;
            return step;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static TrainingStepSpec trimmed(String key, String kind, @Nullable String title, int attempt, boolean suspend) {
        return new TrainingStepSpec(
                key, kind, "{}", title, List.of(), Locations.NONE, NO_STORAGE, NO_RUNTIME, attempt, suspend);
    }

    private static TrainingStepStatus trimmed(
            TrainingStepStatus status, @Nullable String sketch, @Nullable List<FollowUpResult> followUps) {
        return new TrainingStepStatus(
                status.phase(),
                status.observedGeneration(),
                TrimmedReading.holding(status.conditions()),
                null,
                status.attempts(),
                status.reused(),
                status.scores(),
                status.facts(),
                status.keptModel(),
                status.digests(),
                sketch,
                null,
                status.completionTime(),
                followUps);
    }

    /// Who tried a step for which generation is asked of failed ones alone.
    private static Map<String, String> withoutAttempts(@Nullable Map<String, String> annotations) {
        Map<String, String> rest = new HashMap<>(Objects.requireNonNullElse(annotations, Map.of()));
        rest.remove(Labels.TRIED_BY);
        return rest;
    }

    /// Keeps what the models of the step and of those that followed it say of some texts: the bytes do not hold it.
    static void keepSketch(ObjectMeta metadata, TrainingStepStatus status) {
        keep(metadata.getUid(), status.labelSketch());
        for (FollowUpResult result : followUps(status)) keep(sketchOf(metadata, result), result.labelSketch());
    }

    private static void keep(String name, @Nullable String sketch) {
        if (sketch != null && !EndedStepBytes.NOT_KEPT.equals(sketch)) SKETCHES.keep(name, sketch);
    }

    private static String sketchOf(ObjectMeta metadata, FollowUpResult result) {
        return metadata.getUid() + " " + result.key();
    }

    private static List<FollowUpResult> followUps(TrainingStepStatus status) {
        return Objects.requireNonNullElse(status.followUps(), List.of());
    }

    /// The step itself, where it is kept as such.
    static TrainingStep whole(TrainingStep step) {
        return step instanceof EndedStep ended ? EndedStepBytes.read(ended.bytes) : step;
    }

    /// The step with its label sketch, and those of the steps that followed it.
    ///
    /// @param fetched the step as the API server has it now, where a sketch is not kept; null where it is gone
    static TrainingStep withSketch(TrainingStep step, Supplier<@Nullable TrainingStep> fetched) {
        TrainingStepStatus status = step.getStatus();
        if (status == null || !lacksSketch(status)) return step;
        TrainingStepStatus known = withKnownSketches(step.getMetadata(), status);
        if (lacksSketch(known)) {
            @Nullable TrainingStep now = fetched.get();
            if (now != null && now.getStatus() != null) {
                keepSketch(step.getMetadata(), now.getStatus());
                known = withKnownSketches(step.getMetadata(), status);
            }
        }
        step.setStatus(known);
        return step;
    }

    private static boolean lacksSketch(TrainingStepStatus status) {
        return EndedStepBytes.NOT_KEPT.equals(status.labelSketch())
                || followUps(status).stream().anyMatch(result -> EndedStepBytes.NOT_KEPT.equals(result.labelSketch()));
    }

    private static TrainingStepStatus withKnownSketches(ObjectMeta metadata, TrainingStepStatus status) {
        List<FollowUpResult> results = followUps(status).stream()
                .map(result -> new FollowUpResult(
                        result.key(),
                        result.kind(),
                        result.reused(),
                        result.scores(),
                        result.facts(),
                        result.keptModel(),
                        result.digests(),
                        known(sketchOf(metadata, result), result.labelSketch())))
                .toList();
        return trimmed(status, known(metadata.getUid(), status.labelSketch()), results.isEmpty() ? null : results);
    }

    private static @Nullable String known(String name, @Nullable String sketch) {
        return EndedStepBytes.NOT_KEPT.equals(sketch)
                ? Objects.requireNonNullElse(SKETCHES.get(name), EndedStepBytes.NOT_KEPT)
                : sketch;
    }

    @Override
    public ObjectMeta getMetadata() {
        @Nullable Read last = LAST.get();
        if (last == null || last.bytes() != bytes) {
            last = new Read(bytes, EndedStepBytes.metadata(bytes));
            LAST.set(last);
        }
        return last.metadata();
    }

    @Override
    public TrainingStepSpec getSpec() {
        return whole(this).getSpec();
    }

    @Override
    public TrainingStepStatus getStatus() {
        return whole(this).getStatus();
    }
}
