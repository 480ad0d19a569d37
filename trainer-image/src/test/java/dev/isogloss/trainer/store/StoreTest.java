package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final StepKey KEY = StepFixtures.key("a step");

    @TempDir
    Path root;

    @Test
    void a_result_is_read_back_as_it_was_committed() {
        Store store = Store.open(root);
        store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));

        store.commit(StepFixtures.result(KEY, 0.75));

        assertThat(store.isDone(KEY)).isTrue();
        assertThat(store.result(KEY)).contains(StepFixtures.result(KEY, 0.75));
    }

    @Test
    void a_folder_without_a_result_does_not_count() {
        Store store = Store.open(root);

        store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));

        assertThat(store.isDone(KEY)).isFalse();
        assertThat(store.result(KEY)).isEmpty();
        assertThat(store.keys()).containsExactly(KEY);
    }

    @Test
    void a_store_that_is_not_there_is_empty_and_stays_absent() {
        Store store = Store.open(root.resolve("none"));

        assertThat(store.keys()).isEmpty();
        assertThat(store.result(KEY)).isEmpty();
        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void what_a_killed_writer_left_is_removed_and_its_checkpoint_is_kept() throws IOException {
        Store store = Store.open(root);
        StepFolder folder = store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));
        Files.createDirectories(folder.path().resolve(".writing-model-x"));
        Files.writeString(folder.path().resolve(".writing-model-x/model.safetensors"), "half a mod");
        Files.createDirectories(folder.path().resolve("predictions"));
        Files.writeString(folder.path().resolve("predictions/.writing-qal-test.jsonl-x"), "half a pred");
        Files.createDirectories(folder.checkpoint());
        Files.writeString(folder.checkpoint().resolve("state"), "update 100");

        store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));

        assertThat(folder.path().resolve(".writing-model-x")).doesNotExist();
        assertThat(folder.path().resolve("predictions")).isEmptyDirectory();
        assertThat(folder.checkpoint().resolve("state")).hasContent("update 100");
    }

    @Test
    void a_committed_step_lists_its_files_and_drops_its_checkpoint() throws IOException {
        Store store = Store.open(root);
        StepFolder folder = store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));
        AtomicFiles.folder(folder.model(), model -> Files.writeString(model.resolve("config.json"), "{}"));
        AtomicFiles.folder(folder.checkpoint(), state -> Files.writeString(state.resolve("state"), "update 100"));

        store.commit(StepFixtures.result(KEY, 0.75));

        assertThat(folder.checkpoint()).doesNotExist();
        assertThat(folder.files())
                .content()
                .contains("model/config.json", Sha256.of("{}".getBytes()), "step.json")
                .doesNotContain("checkpoint", "lock");
    }

    @Test
    void the_first_committed_result_stays() {
        Store store = Store.open(root);
        store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));
        store.commit(StepFixtures.result(KEY, 0.75));

        assertThat(store.commit(StepFixtures.result(KEY, 0.5))).isEqualTo(StepFixtures.result(KEY, 0.75));
        assertThat(store.result(KEY)).contains(StepFixtures.result(KEY, 0.75));
    }

    @Test
    void a_step_is_locked_once() throws IOException {
        Store store = Store.open(root);

        try (StepLock held = store.locks().tryLock(KEY).orElseThrow()) {
            assertThat(store.locks().tryLock(KEY)).isEmpty();
            assertThat(store.locks().holder(KEY)).isEqualTo("this process");
        }
        assertThat(store.locks().tryLock(KEY)).hasValueSatisfying(StoreTest::release);
    }

    private static void release(StepLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_file_that_changed_under_its_version_is_named() {
        Store store = Store.open(root);
        Identity packages = new Identity(Identity.Kind.Dataset, "packages", "2026-11");
        store.identify(packages, Map.of("en/train.jsonl", "a".repeat(64), "de/test.jsonl", "b".repeat(64)));
        store.identify(packages, Map.of("fr/test.jsonl", "c".repeat(64), "de/test.jsonl", "b".repeat(64)));

        assertThatThrownBy(() -> store.identify(packages, Map.of("fr/test.jsonl", "d".repeat(64))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(
                        "fr/test.jsonl of the dataset packages, version 2026-11, has changed: its SHA-256"
                                + " is dddddddddddd..., and results in this store were made with cccccccccccc....")
                .hasMessageContaining("give the changed data a new version in the manifest");
    }

    @Test
    void what_is_only_checked_is_not_remembered() {
        Store store = Store.open(root.resolve("new"));
        Identity packages = new Identity(Identity.Kind.Dataset, "packages", "1");

        store.checkIdentity(packages, Map.of("en/train.jsonl", "a".repeat(64)));
        assertThat(root.resolve("new")).doesNotExist();
        store.identify(packages, Map.of("en/train.jsonl", "b".repeat(64)));

        assertThatThrownBy(() -> store.checkIdentity(packages, Map.of("en/train.jsonl", "a".repeat(64))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void a_name_with_slashes_and_dots_stays_inside_the_store() {
        Store store = Store.open(root);

        store.identify(
                new Identity(Identity.Kind.Encoder, "../../org/name", ".."), Map.of("config.json", "a".repeat(64)));

        assertThat(root.resolve("encoders/%2e.%2f..%2forg%2fname/%2e..json")).exists();
    }

    @Test
    void a_file_is_no_store() throws IOException {
        Path file = Files.writeString(root.resolve("store"), "");

        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "The store %s is a file; a store is a folder. Name another with --store DIR.".formatted(file));
    }

    @Test
    void a_result_that_does_not_parse_is_reported_with_its_path() throws IOException {
        Store store = Store.open(root);
        StepFolder folder = store.begin(KEY, StepFixtures.spec(StepFixtures.key("a model"), "de"));
        Files.writeString(folder.result(), "{\"key\":");

        assertThatThrownBy(() -> store.result(KEY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(folder.result().toString())
                .hasMessageContaining("and the step runs again");
    }
}
