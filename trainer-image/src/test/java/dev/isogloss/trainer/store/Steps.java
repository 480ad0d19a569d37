package dev.isogloss.trainer.store;

import dev.isogloss.api.DataFormat;
import dev.isogloss.api.Metric;
import dev.isogloss.api.Precision;
import dev.isogloss.api.TaskSpec;
import dev.isogloss.api.TaskType;
import dev.isogloss.plan.DatasetIdentity;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.Provenance;
import dev.isogloss.plan.Score;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepResult;
import dev.isogloss.plan.StepSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Steps and results for tests that do not care what is in them.
public final class Steps {

    private Steps() {}

    /// The key that `name` stands for.
    public static StepKey key(String name) {
        return new StepKey(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    /// An evaluation of `model`.
    public static StepSpec spec(StepKey model, String... languages) {
        return new StepSpec.Evaluate(
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
    @SuppressWarnings("NullAway") // nothing reads the settings
    public static StepSpec training(@Nullable StepKey input, long seed) {
        return new StepSpec.Train(
                1,
                input == null ? new EncoderOrigin.Published("an encoder", "1") : new EncoderOrigin.Made(input),
                new TaskSpec(TaskType.SequenceClassification, null, null, false),
                new DatasetIdentity("packages", "1", DataFormat.JsonLines, null, Map.of(), null),
                "en",
                null,
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
