package dev.isogloss.operator.views;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Jackson module that reads experiments and steps for the caches: of those that have ended only what the operator
/// still asks of them. It belongs to lists and watch events alone; whoever asks for one resource gets it whole. A
/// cache that trimmed what it is given would do for one watch, but with several namespaces the framework has a watch
/// for each.
public final class TrimmedReading extends SimpleModule {
    private static final long serialVersionUID = 1;

    /// Annotation in the caches alone: what is left of an ended experiment's spec.
    private static final String STAYS = "seconds-to-stay";

    public TrimmedReading() {
        setDeserializerModifier(new Modifier());
    }

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
            Class<?> type = description.getBeanClass();
            if (type == TrainingStep.class) return new StepReader();
            if (type == TransferExperiment.class || type == CoTrainingRun.class || type == TransferBenchmark.class)
                return new Trimmed(deserializer);
            return deserializer;
        }
    }

    /// Reader that trims what another one has read.
    private static final class Trimmed extends DelegatingDeserializer {
        private static final long serialVersionUID = 1;

        Trimmed(JsonDeserializer<?> whole) {
            super(whole);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> whole) {
            return new Trimmed(whole);
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Object resource = super.deserialize(in, context);
            if (resource instanceof TransferExperiment experiment) trim(experiment);
            if (resource instanceof CoTrainingRun run) trim(run);
            if (resource instanceof TransferBenchmark benchmark) trim(benchmark);
            return resource;
        }
    }

    private static void trim(TransferExperiment experiment) {
        trim(
                experiment,
                experiment.getStatus(),
                experiment.getSpec() == null
                        ? null
                        : experiment.getSpec().common().ttlSecondsAfterFinished(),
                experiment::setStatus);
    }

    private static void trim(CoTrainingRun run) {
        trim(
                run,
                run.getStatus() == null ? null : run.getStatus().common(),
                run.getSpec() == null ? null : run.getSpec().common().ttlSecondsAfterFinished(),
                rest -> run.setStatus(new CoTrainingRunStatus(rest, null, null, null, null, null, null, null)));
    }

    private static void trim(TransferBenchmark benchmark) {
        trim(
                benchmark,
                benchmark.getStatus() == null ? null : benchmark.getStatus().common(),
                benchmark.getSpec() == null ? null : benchmark.getSpec().ttlSecondsAfterFinished(),
                rest -> benchmark.setStatus(new TransferBenchmarkStatus(rest, null, null, null)));
    }

    /// An ended experiment is only asked whether it has ended, and for how long it stays, until it is edited.
    private static void trim(
            CustomResource<?, ?> experiment,
            @Nullable ExperimentStatus status,
            @Nullable Integer secondsToStay,
            Consumer<ExperimentStatus> keep) {
        if (status == null || !hasEnded(status.conditions(), experiment.getMetadata())) return;
        experiment
                .getMetadata()
                .setAnnotations(secondsToStay == null ? Map.of() : Map.of(STAYS, String.valueOf(secondsToStay)));
        experiment.setSpec(null);
        keep.accept(new ExperimentStatus(
                status.phase(),
                status.observedGeneration(),
                holding(status.conditions()),
                null,
                null,
                null,
                null,
                null,
                secondsToStay == null ? null : status.completionTime()));
    }

    /// Seconds that an ended experiment stays whose spec was not kept; null where it stays for good.
    public static @Nullable Integer secondsToStay(HasMetadata experiment) {
        @Nullable String seconds = experiment.getMetadata().getAnnotations().get(STAYS);
        return seconds == null ? null : Integer.valueOf(seconds);
    }

    private static boolean hasEnded(@Nullable List<Condition> conditions, ObjectMeta metadata) {
        return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
                .filter(condition -> condition.status().equals("True"))
                .filter(condition -> Objects.equals(condition.observedGeneration(), metadata.getGeneration()))
                .anyMatch(condition -> condition.type().equals(ConditionType.Complete.name())
                        || condition.type().equals(ConditionType.Failed.name()));
    }

    static List<Condition> holding(@Nullable List<Condition> conditions) {
        return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
                .filter(condition -> condition.status().equals("True"))
                .map(condition -> new Condition(
                        condition.type().intern(),
                        condition.status().intern(),
                        condition.observedGeneration(),
                        condition.lastTransitionTime(),
                        condition.reason().intern(),
                        condition.message().intern()))
                .toList();
    }
}
