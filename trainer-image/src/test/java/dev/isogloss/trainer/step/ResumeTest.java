package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.isogloss.trainer.loop.Stopped;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Killed or stopped at any point of a plan, and started again, everything ends in the same bytes.
class ResumeTest {
    private static final String MANIFEST = """
        apiVersion: isogloss.dev/v1alpha1
        kind: TransferExperiment
        metadata: {name: resume}
        spec:
          task: {type: %s}
          data: {name: toy, location: {generated: &sizes {trainExamples: 60, testExamples: 20, texts: 40, pairs: 20}}}
          corpus: {name: toy, languages: [qal, qen], location: {generated: *sizes}}
          encoder:
            maxLength: 32
            fromPretraining:
              architecture: {preset: Tiny, hidden: 32, heads: 2, layers: 1}
              tokenizer: {vocabularySize: 300}
              pretrain: {maxUpdates: 7, batchSize: 8, maxLength: 32}
          source: qal
          targets: [qen]
          seeds: [3]
          stages:
            - fineTune: {epochs: 2, batchSize: 8, learningRate: 1e-3, gradientAccumulation: 2, evaluateEvery: 3}
          evaluate: {splits: [test]}
        """;

    @TempDir
    Path folder;

    @Test
    void killed_again_and_again_a_plan_ends_in_the_same_bytes() throws Exception {
        StepRig whole = laboratory("whole", "SequenceClassification");
        whole.run();
        StepRig broken = laboratory("broken", "SequenceClassification");

        // Every attempt gets a little further: 1, 2, 3, ... updates until the power goes out.
        int attempts = 0;
        while (!InterruptedRun.isDone(broken)) {
            int[] left = {++attempts + 4};
            Throwable end = catchThrowable(() -> broken.run(StopSignal.NEVER, () -> {
                if (--left[0] == 0) throw new InterruptedRun.PowerCut();
            }));
            if (end != null) assertThat(end).isInstanceOf(InterruptedRun.PowerCut.class);
            assertThat(attempts).as("attempts").isLessThan(60);
        }

        assertThat(attempts).isGreaterThan(3);
        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
    }

    @Test
    void stopped_at_every_update_a_tagging_plan_ends_in_the_same_bytes() throws Exception {
        StepRig whole = laboratory("whole", "NamedEntityRecognition");
        whole.run();
        StepRig stopped = laboratory("stopped", "NamedEntityRecognition");

        int stops = 0;
        while (!InterruptedRun.isDone(stopped)) {
            Throwable end = catchThrowable(() -> stopped.run(() -> true, () -> {}));
            if (end != null) assertThat(end).isInstanceOf(Stopped.class);
            if (++stops > 30) stopped.run(); // evaluation has nothing to save: it is stopped before it starts
        }

        assertThat(stops).isGreaterThan(10);
        assertThat(InterruptedRun.bytes(stopped)).isEqualTo(InterruptedRun.bytes(whole));
    }

    @Test
    void an_adaptation_that_is_killed_again_and_again_ends_in_the_same_bytes() throws Exception {
        String adapting = MANIFEST.replace("%s", "NamedEntityRecognition")
                .replace(
                        "  evaluate:",
                        "    - iwda: {epochs: 1, criticWidth: 32, learningRate: 1e-3, lambdaAlign: 0.1, evaluateEvery:"
                                + " 5}\n"
                                + "    - iwda: {epochs: 1, criticWidth: 32, criticSteps: 2, preset: AuthorsCode}\n"
                                + "    - distill: {epochs: 0.5, frozenLayers: 0}\n"
                                + "    - selfTrain: {fraction: 0.4, batchSize: 16, learningRate: 1e-3}\n"
                                + "    - adversarialAlign: {reads: Words, maxUpdates: 6}\n"
                                + "    - analyse: {}\n"
                                + "    - project: {projection: PrincipalComponents}\n"
                                + "  evaluate:");
        StepRig whole = new StepRig(folder.resolve("whole"), adapting, Map.of());
        whole.run();
        StepRig broken = new StepRig(folder.resolve("broken"), adapting, Map.of());

        int attempts = 0;
        while (!InterruptedRun.isDone(broken)) {
            int[] left = {++attempts + 4};
            Throwable end = catchThrowable(() -> broken.run(StopSignal.NEVER, () -> {
                if (--left[0] == 0) throw new InterruptedRun.PowerCut();
            }));
            if (end != null) assertThat(end).isInstanceOf(InterruptedRun.PowerCut.class);
            assertThat(attempts).as("attempts").isLessThan(60);
        }

        assertThat(attempts).isGreaterThan(3);
        assertThat(InterruptedRun.bytes(broken)).isEqualTo(InterruptedRun.bytes(whole));
    }

    private StepRig laboratory(String store, String task) {
        return new StepRig(folder.resolve(store), MANIFEST.replace("%s", task), Map.of());
    }
}
