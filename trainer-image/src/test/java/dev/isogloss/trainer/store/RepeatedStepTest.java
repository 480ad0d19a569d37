package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RepeatedStepTest {
    private static final StepSpec SPEC = StepFixtures.training(null, 1);
    private static final StepKey KEY = StepKeys.of(SPEC);

    @TempDir
    Path root;

    private Store store;

    @BeforeEach
    void aFinishedStep() throws IOException {
        store = Store.open(root);
        model(store.begin(KEY, SPEC), "weights");
        store.commit(StepFixtures.result(KEY, 0.5));
    }

    private static void model(StepFolder folder, String weights) throws IOException {
        AtomicFiles.folder(folder.model(), model -> AtomicFiles.write(model.resolve("model.safetensors"), weights));
        AtomicFiles.write(folder.curve(), "{\"loss\": " + System.nanoTime() + "}\n");
    }

    private Recomputed again(String weights, double score) throws IOException {
        RepeatedStep again = RepeatedStep.begin(store, KEY, SPEC);
        model(again.folder(), weights);
        return again.end(StepFixtures.result(KEY, score));
    }

    private String weights() throws IOException {
        return Files.readString(store.model(KEY).resolve("model.safetensors"));
    }

    @Test
    void the_same_bits_leave_everything_as_it_was() throws IOException {
        byte[] before = Files.readAllBytes(store.folder(KEY).files());

        Recomputed recomputed = again("weights", 0.5);

        assertThat(recomputed.isSame()).isTrue();
        assertThat(Files.readAllBytes(store.folder(KEY).files())).isEqualTo(before);
        assertThat(root.resolve("again").resolve(KEY.hex())).doesNotExist();
    }

    @Test
    void other_bits_take_the_place_of_the_former_and_are_told_of() throws IOException {
        Recomputed recomputed = again("others", 0.25);

        assertThat(recomputed.sameScores()).isFalse();
        assertThat(recomputed.differences())
                .containsExactly("de test Accuracy 0.25, was 0.5", "model/model.safetensors");
        assertThat(weights()).isEqualTo("others");
        assertThat(store.result(KEY)).contains(StepFixtures.result(KEY, 0.25));
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
        try (var left = Files.list(root.resolve("again"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void steps_that_read_it_are_stale_then_also_those_that_have_only_begun() throws IOException {
        StepSpec reader = StepFixtures.training(KEY, 2);
        StepSpec begun = StepFixtures.training(KEY, 3);
        StepSpec other = StepFixtures.training(null, 4);
        for (StepSpec spec : List.of(reader, begun, other)) store.begin(StepKeys.of(spec), spec);
        store.commit(StepFixtures.result(StepKeys.of(reader), 0.5));

        again("weights", 0.5);
        assertThat(store.stale()).isEmpty();
        again("others", 0.5);

        assertThat(store.stale()).containsExactlyInAnyOrder(StepKeys.of(reader), StepKeys.of(begun));
        assertThat(Garbage.remove(store, StepKeys.of(reader))).isTrue();
        assertThat(store.stale()).containsExactly(StepKeys.of(begun));
    }

    @Test
    void a_process_that_is_killed_while_it_computes_leaves_the_former_result_and_its_checkpoint() throws Exception {
        try (OtherProcess other = OtherProcess.on(root, "again", KEY)) {
            assertThat(other.says()).isEqualTo("writing");
            assertThat(store.isRunning(KEY)).isTrue();
            assertThat(store.isDone(KEY)).isTrue();
            other.kill();
        }

        assertThat(StoreCheck.of(store, KEY)).isEmpty();
        assertThat(weights()).isEqualTo("weights");
        StepFolder folder = RepeatedStep.begin(store, KEY, SPEC).folder();
        assertThat(folder.checkpoint().resolve("state")).hasContent("update 100");
    }

    @Test
    void a_process_that_is_killed_between_the_two_renames_loses_nothing() throws IOException {
        Path folder = store.folder(KEY).path();
        Path aside = root.resolve("again").resolve(KEY.hex() + ".replaced");
        Files.createDirectories(root.resolve("again"));
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);

        assertThat(Store.open(root).result(KEY)).contains(StepFixtures.result(KEY, 0.5));
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
        assertThat(again("others", 0.25).isSame()).isFalse();
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
    }

    @Test
    void whenever_it_is_killed_and_whoever_reads_there_is_a_whole_result() throws Exception {
        for (int kill = 0; kill < 4; kill++) {
            try (OtherProcess other = OtherProcess.on(root, "exchange", KEY)) {
                assertThat(other.says()).isEqualTo("exchanging");
                for (int read = 0; read < 50 * (kill + 1); read++)
                    assertThat(store.result(KEY).map(StepResult::key)).contains(KEY);
                other.kill();
            }
            assertThat(store.isDone(KEY)).isTrue();
            assertThat(StoreCheck.of(store, KEY)).isEmpty();
            double score = store.result(KEY).orElseThrow().scores().getFirst().value();
            assertThat(weights()).isEqualTo("weights of " + score);
        }
    }
}
