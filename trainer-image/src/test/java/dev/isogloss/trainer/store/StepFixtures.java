package dev.isogloss.trainer.store;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Steps and results for tests that do not care what is in them.
public final class StepFixtures {

    private StepFixtures() {}

    /// The key that `name` stands for.
    public static StepKey key(String name) {
        return new StepKey(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    /// An evaluation of `model`.
    public static StepSpec spec(StepKey model, String... languages) {
        return new EvaluateStep(
                1,
                model,
                new TaskSpec(TaskType.SequenceClassification, null, null, false),
                new DatasetIdentity("packages", "1", DataFormat.JsonLines, null, Map.of(), null),
                List.of(languages),
                List.of("test"),
                128,
                Precision.Float32);
    }

    /// A training that builds on `input`, or on a published encoder.
    public static StepSpec training(@Nullable StepKey input, long seed) {
        return new TrainStep(
                1,
                input == null ? new EncoderOrigin.Published("an encoder", "1") : new EncoderOrigin.FromStep(input),
                new TaskSpec(TaskType.SequenceClassification, null, null, false),
                new DatasetIdentity("packages", "1", DataFormat.JsonLines, null, Map.of(), null),
                "en",
                SettingsReader.of(FineTune.class, "{}"),
                128,
                Precision.Float32,
                seed);
    }

    public static StepResult result(StepKey key, double accuracy) {
        return new StepResult(
                key,
                "Evaluate",
                List.of(new Score("de", "test", Metric.Accuracy, accuracy, 100)),
                Map.of("seconds", 1.5),
                new Provenance(
                        Instant.parse("2026-01-31T10:00:00Z"),
                        Instant.parse("2026-01-31T10:00:01Z"),
                        Map.of("jdk", "25"),
                        "a test",
                        2,
                        Map.of()));
    }
}
