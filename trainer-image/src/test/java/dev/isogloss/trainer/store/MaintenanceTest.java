package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    private static final StepSpec SPEC = StepFixtures.spec(StepFixtures.key("a model"), "de");
    private static final StepKey KEY = StepKeys.of(SPEC);

    @TempDir
    Path root;

    private Store store;
    private StepFolder folder;

    @BeforeEach
    void oneFinishedStep() throws IOException {
        store = Store.open(root);
        folder = store.begin(KEY, SPEC);
        AtomicFiles.folder(folder.model(), model -> Files.writeString(model.resolve("model.safetensors"), "weights"));
        store.commit(StepFixtures.result(KEY, 0.75));
    }

    @Test
    void a_step_that_nobody_touched_is_as_it_was_left() {
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
    }

    @Test
    void a_flipped_byte_is_found() throws IOException {
        Files.writeString(folder.model().resolve("model.safetensors"), "weightz");

        assertThat(StoreCheck.of(store, KEY))
                .containsExactly(folder.model().resolve("model.safetensors") + " has other bytes than it had");
    }

    @Test
    void a_shortened_and_a_missing_file_are_found() throws IOException {
        Files.writeString(folder.model().resolve("model.safetensors"), "wei");
        Files.delete(folder.step());

        assertThat(StoreCheck.of(store, KEY))
                .containsExactly(
                        folder.step() + " is missing",
                        folder.model().resolve("model.safetensors") + " has 3 bytes; it had 7",
                        folder.step() + " is missing");
    }

    @Test
    void an_edited_spec_no_longer_fits_the_key() throws IOException {
        Files.writeString(folder.step(), Files.readString(folder.step()).replace("\"de\"", "\"fr\""));

        assertThat(StoreCheck.of(store, KEY))
                .first()
                .isEqualTo(folder.step() + " was edited: its SHA-256 is no longer the step's key");
    }

    @Test
    void finished_steps_are_garbage_only_if_the_kept_manifests_do_not_want_them() {
        Instant later = Instant.now().plus(Duration.ofDays(400));

        assertThat(Garbage.in(store, Duration.ofDays(7), null, later)).isEmpty();
        assertThat(Garbage.in(store, Duration.ofDays(7), Set.of(KEY), later)).isEmpty();
        assertThat(Garbage.in(store, Duration.ofDays(7), Set.of(), later))
                .extracting(Garbage.Removal::because)
                .containsExactly("no manifest given with --keep wants it");
    }

    @Test
    void unfinished_steps_are_garbage_once_they_are_old() {
        StepKey abandoned = StepFixtures.key("abandoned");
        store.begin(abandoned, SPEC);

        assertThat(Garbage.in(store, Duration.ofDays(7), null, Instant.now())).isEmpty();
        assertThat(Garbage.in(store, Duration.ofDays(7), null, Instant.now().plus(Duration.ofDays(8))))
                .extracting(Garbage.Removal::because)
                .containsExactly("unfinished, untouched for 8 days");
    }

    @Test
    void a_running_step_is_never_garbage() throws IOException {
        StepKey running = StepFixtures.key("running");
        try (StepLock lock = store.locks().tryLock(running).orElseThrow()) {
            store.begin(running, SPEC);

            assertThat(Garbage.in(store, Duration.ofDays(7), null, Instant.now().plus(Duration.ofDays(8))))
                    .isEmpty();
            assertThat(Garbage.remove(store, running)).isFalse();
        }
    }

    @Test
    void what_a_stopped_repeat_left_is_garbage_once_it_is_old_and_the_step_stays() throws IOException {
        StepFolder repeat = RepeatedStep.begin(store, KEY, SPEC).folder();
        AtomicFiles.write(repeat.curve(), "{}");
        Instant later = Instant.now().plus(Duration.ofDays(8));
        assertThat(Garbage.leftoversIn(store, Duration.ofDays(7), Instant.now()))
                .isEmpty();

        List<Garbage.LeftoverRemoval> items = Garbage.leftoversIn(store, Duration.ofDays(7), later);

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.leftover().key()).isEqualTo(KEY);
            assertThat(item.leftover().bytes())
                    .isEqualTo(2 + Files.size(repeat.step()))
                    .isGreaterThan(2);
            assertThat(item.kind()).isEqualTo("Evaluate");
            assertThat(item.because()).isEqualTo("unfinished repeat, untouched for 8 days");
        });
        assertThat(Garbage.remove(store, items.getFirst().leftover())).isTrue();
        assertThat(store.leftovers()).isEmpty();
        assertThat(StoreCheck.of(store, KEY)).isEmpty();
        try (var left = Files.list(root.resolve("again"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void what_was_replaced_and_not_yet_deleted_is_garbage_of_the_same_kind() throws IOException {
        Path replaced = root.resolve("again").resolve(KEY.hex() + ".replaced");
        AtomicFiles.folder(
                Files.createDirectories(replaced), old -> Files.writeString(old.resolve("result.json"), "{}"));

        assertThat(Garbage.leftoversIn(store, Duration.ofDays(7), Instant.now()))
                .isEmpty();
        assertThat(Garbage.leftoversIn(store, Duration.ZERO, Instant.now()))
                .singleElement()
                .satisfies(item ->
                        assertThat(Garbage.remove(store, item.leftover())).isTrue());
        assertThat(replaced).doesNotExist();
        assertThat(store.isDone(KEY)).isTrue();
    }

    @Test
    void a_repeat_that_a_process_works_at_is_never_garbage() throws IOException {
        Instant later = Instant.now().plus(Duration.ofDays(8));
        try (StepLock lock = store.locks().tryLock(KEY).orElseThrow()) {
            RepeatedStep.begin(store, KEY, SPEC);

            assertThat(Garbage.leftoversIn(store, Duration.ofDays(7), later)).isEmpty();
            assertThat(Garbage.remove(store, store.leftovers().getFirst())).isFalse();
        }
        assertThat(store.leftovers()).hasSize(1);
    }

    @Test
    void a_step_whose_repeat_was_stopped_is_removed_with_it() throws IOException {
        RepeatedStep.begin(store, KEY, SPEC);

        assertThat(Garbage.remove(store, KEY)).isTrue();

        assertThat(store.leftovers()).isEmpty();
        assertThat(store.isDone(KEY)).isFalse();
    }

    @Test
    void to_ask_whether_a_step_runs_makes_it_no_younger() throws IOException {
        StepKey abandoned = StepFixtures.key("abandoned");
        StepLock lock = store.locks().tryLock(abandoned).orElseThrow();
        store.begin(abandoned, SPEC);
        lock.close();
        Instant before = StoreEntry.of(store, abandoned).newest();
        Path file = root.resolve("locks").resolve(abandoned.hex());
        Files.setLastModifiedTime(file, FileTime.from(before.minusSeconds(60)));

        assertThat(store.locks().isRunning(abandoned)).isFalse();

        assertThat(Files.getLastModifiedTime(file).toInstant()).isBefore(before);
    }

    @Test
    void a_lock_of_a_former_version_is_nothing_that_a_step_made() throws IOException {
        StepKey begun = StepFixtures.key("begun by a former version");
        Files.createFile(store.begin(begun, SPEC).path().resolve(".lock"));

        store.commit(StepFixtures.result(begun, 0.5));

        assertThat(store.read(begun, StepFolder.FILES).map(String::new))
                .hasValueSatisfying(
                        files -> assertThat(files).contains("step.json").doesNotContain(".lock"));
    }

    @Test
    void a_lock_is_the_same_file_for_good() throws IOException {
        Path file = root.resolve("locks").resolve(KEY.hex());
        store.locks().tryLock(KEY).orElseThrow().close();
        Object before = Files.getAttribute(file, "unix:ino");

        try (StepLock lock = store.locks().tryLock(KEY).orElseThrow()) {
            RepeatedStep again = RepeatedStep.begin(store, KEY, SPEC);
            again.end(StepFixtures.result(KEY, 0.125));
        }
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);

        assertThat(Garbage.remove(store, KEY)).isTrue();
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void what_is_removed_is_gone() {
        assertThat(Garbage.remove(store, KEY)).isTrue();

        assertThat(store.keys()).isEmpty();
    }

    @Test
    void a_key_is_found_by_its_first_digits() {
        assertThat(store.find(KEY.brief())).isEqualTo(KEY);
        assertThatThrownBy(() -> store.find("xyz"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("holds no step whose key begins with \"xyz\"");
    }

    @Test
    void a_read_only_store_says_so_and_can_be_read() {
        boolean readOnly = root.resolve("steps").toFile().setWritable(false);
        assumeTrue(readOnly && !Files.isWritable(root.resolve("steps")), "the superuser may write anywhere");
        try {
            assertThat(store.result(KEY)).isPresent();
            assertThatThrownBy(() -> store.begin(StepFixtures.key("another"), SPEC))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("cannot be written to: permission denied")
                    .hasMessageContaining("name another with --store DIR");
        } finally {
            assertThat(root.resolve("steps").toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void a_read_only_file_system_says_so() {
        var cause = new FileSystemException(root.resolve("steps").toString(), null, "Read-only file system");

        assertThat(StoreErrors.explained(cause, root))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the file system is mounted read-only");
    }
}
