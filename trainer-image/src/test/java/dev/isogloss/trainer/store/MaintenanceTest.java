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
import java.time.Duration;
import java.time.Instant;
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
        try (StepLock lock = store.tryLock(running).orElseThrow()) {
            store.begin(running, SPEC);

            assertThat(Garbage.in(store, Duration.ofDays(7), null, Instant.now().plus(Duration.ofDays(8))))
                    .isEmpty();
            assertThat(Garbage.remove(store, running)).isFalse();
        }
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
