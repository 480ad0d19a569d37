package dev.isogloss.trainer.step.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Interpolate.Parameters;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.analysis.ModelBlend;
import dev.isogloss.trainer.step.measure.GridPoint.Blends;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The points of lines and planes, and the models that stand there.
class GridPointTest {

    private static List<GridPoint> points(
            Parameters parameters, @Nullable List<Double> line, @Nullable List<Double> plane) {
        return GridPoint.of(new InterpolateStep(
                1,
                new StepKey("1".repeat(64)),
                new StepKey("2".repeat(64)),
                new StepKey("3".repeat(64)),
                new TaskSpec(TaskType.SequenceClassification, null, null, false),
                new DatasetIdentity("d", "1", DataFormat.Xnli, null, Map.of(), null),
                List.of("de", "en"),
                "dev",
                parameters,
                line,
                plane,
                10,
                16,
                Precision.Float32));
    }

    @Test
    void both_lines_end_in_the_model_of_both() {
        List<GridPoint> points = points(Parameters.All, List.of(0.0, 1.0), null);

        assertThat(points)
                .extracting(GridPoint::place)
                .containsExactly(
                        List.of("source", 0.0), List.of("source", 1.0), List.of("target", 0.0), List.of("target", 1.0));
        assertThat(points)
                .extracting(point -> point.model().encoder())
                .containsExactly(ModelBlend.SOURCE, ModelBlend.BOTH, ModelBlend.TARGET, ModelBlend.BOTH);
        assertThat(points).allSatisfy(point -> assertThat(point.model().head())
                .isEqualTo(point.model().encoder()));
    }

    @Test
    void on_a_line_of_one_part_the_other_is_that_of_the_model_it_starts_from() {
        List<Double> half = List.of(0.5);

        assertThat(points(Parameters.Encoder, half, null))
                .extracting(GridPoint::model)
                .containsExactly(
                        new Blends(ModelBlend.fromSource(0.5), ModelBlend.SOURCE),
                        new Blends(ModelBlend.fromTarget(0.5), ModelBlend.TARGET));
        assertThat(points(Parameters.Head, half, null))
                .extracting(GridPoint::model)
                .containsExactly(
                        new Blends(ModelBlend.SOURCE, ModelBlend.fromSource(0.5)),
                        new Blends(ModelBlend.TARGET, ModelBlend.fromTarget(0.5)));
    }

    @Test
    void in_a_plane_of_one_part_the_other_is_that_of_the_model_of_both() {
        List<GridPoint> points = points(Parameters.Encoder, null, List.of(0.0, 0.5));

        assertThat(points)
                .extracting(GridPoint::place)
                .containsExactly(List.of(0.0, 0.0), List.of(0.0, 0.5), List.of(0.5, 0.0), List.of(0.5, 0.5));
        assertThat(points)
                .extracting(GridPoint::model)
                .containsExactly(
                        Blends.BOTH,
                        new Blends(ModelBlend.inPlane(0, 0.5), ModelBlend.BOTH),
                        new Blends(ModelBlend.inPlane(0.5, 0), ModelBlend.BOTH),
                        new Blends(ModelBlend.inPlane(0.5, 0.5), ModelBlend.BOTH));
    }
}
