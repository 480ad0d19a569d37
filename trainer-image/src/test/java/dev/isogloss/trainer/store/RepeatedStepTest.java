package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final StepSpec READER = StepFixtures.training(KEY, 2);
    private static final StepKey READER_KEY = StepKeys.of(READER);

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

    private void finished(StepSpec spec) throws IOException {
        store.begin(StepKeys.of(spec), spec);
        store.commit(StepFixtures.result(StepKeys.of(spec), 0.5));
    }

    private static void checkpoint(StepFolder folder) throws IOException {
        AtomicFiles.folder(folder.checkpoint(), state -> AtomicFiles.write(state.resolve("state"), "update 100"));
    }

    @Test
    void a_reader_that_is_computed_while_its_input_is_replaced_is_stale_afterwards() throws IOException {
        finished(READER);
        again("others", 0.5);
        RepeatedStep reader = RepeatedStep.begin(store, READER_KEY, READER);

        again("still others", 0.5);
        reader.end(StepFixtures.result(READER_KEY, 0.25));

        assertThat(store.stale()).containsExactly(READER_KEY);
        RepeatedStep.begin(store, READER_KEY, READER).end(StepFixtures.result(READER_KEY, 0.25));
        assertThat(store.stale()).isEmpty();
    }

    @Test
    void a_finished_reader_does_not_go_on_from_what_it_learnt_of_the_former_input() throws IOException {
        finished(READER);
        checkpoint(RepeatedStep.begin(store, READER_KEY, READER).folder());
        assertThat(RepeatedStep.begin(store, READER_KEY, READER).folder().checkpoint())
                .exists();

        again("others", 0.5);

        StepFolder anew = RepeatedStep.begin(store, READER_KEY, READER).folder();
        assertThat(anew.checkpoint()).doesNotExist();
        checkpoint(anew);
        assertThat(RepeatedStep.begin(store, READER_KEY, READER).folder().checkpoint())
                .exists();
    }

    @Test
    void nor_does_an_unfinished_one_and_it_is_not_stale_once_it_is_done() throws IOException {
        checkpoint(store.begin(READER_KEY, READER));
        again("others", 0.5);

        assertThat(store.begin(READER_KEY, READER).checkpoint()).doesNotExist();
        store.commit(StepFixtures.result(READER_KEY, 0.5));

        assertThat(store.stale()).isEmpty();
        assertThat(StoreCheck.of(store, READER_KEY)).isEmpty();
        assertThat(store.read(READER_KEY, StepFolder.FILES).map(String::new))
                .hasValueSatisfying(files -> assertThat(files).doesNotContain("marks"));
    }

    @Test
    void a_mark_of_a_former_version_counts() throws IOException {
        finished(READER);
        Files.createDirectories(root.resolve("stale"));
        Files.createFile(root.resolve("stale").resolve(READER_KEY.hex()));

        assertThat(store.isStale(READER_KEY)).isTrue();
        RepeatedStep.begin(store, READER_KEY, READER).end(StepFixtures.result(READER_KEY, 0.5));
        assertThat(store.stale()).isEmpty();
    }

    @Test
    void a_result_that_cannot_be_written_leaves_the_former_one_and_the_checkpoint() throws IOException {
        RepeatedStep again = RepeatedStep.begin(store, KEY, SPEC);
        checkpoint(again.folder());
        model(again.folder(), "others");
        Files.createDirectories(again.folder().files().resolve("in the way"));

        assertThatThrownBy(() -> again.end(StepFixtures.result(KEY, 0.25))).isInstanceOf(UncheckedIOException.class);

        assertThat(weights()).isEqualTo("weights");
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
        AtomicFiles.delete(again.folder().files());
        RepeatedStep next = RepeatedStep.begin(store, KEY, SPEC);
        assertThat(next.folder().checkpoint().resolve("state")).hasContent("update 100");
        next.end(StepFixtures.result(KEY, 0.25));
        assertThat(weights()).isEqualTo("others");
        assertThat(store.folder(KEY).checkpoint()).doesNotExist();
    }

    @Test
    void a_process_that_is_killed_while_it_computes_leaves_the_former_result_and_its_checkpoint() throws Exception {
        try (OtherProcess other = OtherProcess.on(root, "again", KEY)) {
            assertThat(other.says()).isEqualTo("writing");
            assertThat(store.locks().isRunning(KEY)).isTrue();
            assertThat(store.isDone(KEY)).isTrue();
            other.kill();
        }

        assertThat(StoreCheck.of(store, KEY)).isEmpty();
        assertThat(weights()).isEqualTo("weights");
        StepFolder folder = RepeatedStep.begin(store, KEY, SPEC).folder();
        assertThat(folder.checkpoint().resolve("state")).hasContent("update 100");
    }

    private Path killedBetweenTheRenames() throws IOException {
        Path aside = root.resolve("again").resolve(KEY.hex() + ".replaced");
        Files.createDirectories(root.resolve("again"));
        return Files.move(store.folder(KEY).path(), aside, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void a_step_that_was_aside_is_listed_read_locked_and_never_a_leftover() throws IOException {
        killedBetweenTheRenames();
        assertThat(store.leftovers()).isEmpty();
        assertThat(store.keys()).containsExactly(KEY);
        assertThat(store.model(KEY).resolve("model.safetensors")).hasContent("weights");

        killedBetweenTheRenames();
        try (StepLock lock = store.locks().tryLock(KEY).orElseThrow()) {
            assertThat(store.isDone(KEY)).isTrue();
        }
    }

    @Test
    void a_step_that_cannot_be_brought_back_is_not_left_locked() throws IOException {
        killedBetweenTheRenames();
        AtomicFiles.delete(root.resolve("steps"));
        Files.createFile(root.resolve("steps"));

        assertThatThrownBy(() -> store.locks().tryLock(KEY)).isInstanceOf(UncheckedIOException.class);

        assertThat(store.locks().isRunning(KEY)).isFalse();
    }

    @Test
    void a_step_that_is_aside_where_nothing_can_be_written_is_read_there() throws IOException {
        killedBetweenTheRenames();
        boolean readOnly = root.resolve("steps").toFile().setWritable(false);
        assumeTrue(readOnly && !Files.isWritable(root.resolve("steps")), "the superuser may write anywhere");
        try {
            assertThat(store.result(KEY)).contains(StepFixtures.result(KEY, 0.5));
        } finally {
            assertThat(root.resolve("steps").toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void a_process_that_is_killed_between_the_two_renames_loses_nothing() throws IOException {
        killedBetweenTheRenames();

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

    @Test
    void who_checks_or_lists_a_store_while_a_step_is_replaced_finds_nothing_wrong() throws Exception {
        try (OtherProcess other = OtherProcess.on(root, "exchange", KEY)) {
            assertThat(other.says()).isEqualTo("exchanging");
            for (int look = 0; look < 40; look++) {
                assertThat(StoreCheck.of(store, KEY)).isEmpty();
                assertThat(StoreEntry.all(store)).extracting(StoreEntry::done).containsExactly(true);
            }
        }
    }

    @Test
    void two_processes_that_replace_a_step_in_turn_never_do_so_at_once() throws Exception {
        try (OtherProcess one = OtherProcess.on(root, "turns", KEY);
                OtherProcess two = OtherProcess.on(root, "turns", KEY)) {
            assertThat(one.says()).isEqualTo("ready");
            assertThat(two.says()).isEqualTo("ready");
            one.goOn();
            two.goOn();

            assertThat(List.of(one.says(), two.says())).containsExactly("always alone", "always alone");
        }
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
    }
}
