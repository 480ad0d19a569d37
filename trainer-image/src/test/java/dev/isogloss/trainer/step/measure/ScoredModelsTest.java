package dev.isogloss.trainer.step.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.task.Metric;
import dev.isogloss.trainer.analysis.ModelBlend;
import dev.isogloss.trainer.step.measure.GridPoint.Blends;
import dev.isogloss.trainer.step.measure.ScoredModels.LanguageScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scores of models that a later attempt need not take again.
class ScoredModelsTest {
    private static final List<LanguageScore> SCORES = List.of(
            new LanguageScore("de", Metric.Accuracy, 1 / 3.0), new LanguageScore("en", Metric.Accuracy, 0.1 + 0.2));

    @TempDir
    Path folder;

    private static Blends half() {
        return new Blends(ModelBlend.fromSource(0.3), ModelBlend.SOURCE);
    }

    @Test
    void scores_come_back_with_all_their_bits() throws IOException {
        Path file = folder.resolve("checkpoint/points.jsonl");
        new ScoredModels(file).add(half(), SCORES);

        ScoredModels later = new ScoredModels(file);

        assertThat(later.size()).isOne();
        assertThat(later.of(half())).contains(SCORES);
        assertThat(later.of(Blends.BOTH)).isEmpty();
    }

    @Test
    void a_line_that_a_kill_cut_short_is_taken_again_and_spoils_no_other() throws IOException {
        Path file = folder.resolve("points.jsonl");
        new ScoredModels(file).add(half(), SCORES);
        Files.writeString(file, "{\"model\":{\"enc", StandardOpenOption.APPEND);

        ScoredModels second = new ScoredModels(file);
        assertThat(second.of(Blends.BOTH)).isEmpty();
        second.add(Blends.BOTH, SCORES);

        ScoredModels third = new ScoredModels(file);
        assertThat(third.size()).isEqualTo(2);
        assertThat(third.of(Blends.BOTH)).contains(SCORES);
    }
}
