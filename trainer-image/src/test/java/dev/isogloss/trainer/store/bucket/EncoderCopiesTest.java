package dev.isogloss.trainer.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.bucket.BucketServer;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.EncoderCopy;
import dev.isogloss.trainer.store.Garbage;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.KeptEncoder;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.StepLock;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Encoders that a store keeps, in a folder and in a bucket.
@Timeout(120)
class EncoderCopiesTest {
    private static final Identity ENCODER = new Identity(Identity.Kind.Encoder, "lab/encoder", "main");
    private static final String SOURCE = "hf://lab/encoder@main";

    @RegisterExtension
    private static final BucketServer server = new BucketServer();

    private final String address = "s3://lab/" + UUID.randomUUID();
    private final AtomicInteger fetched = new AtomicInteger();

    @TempDir
    Path folder;

    /// Where steps are kept.
    enum Kind {
        Folder,
        Bucket
    }

    /// The store as a process on a machine of that name sees it.
    private Store on(Kind kind, String machine) {
        return switch (kind) {
            case Folder -> Store.open(folder.resolve("store"));
            case Bucket -> BucketStorage.store(server.bucket(address), folder.resolve(machine));
        };
    }

    /// A cache as Python's: names are links to blobs, and other files lie beside those that are read.
    private EncoderCopies.Fetch fetch(String weights) {
        return () -> {
            fetched.incrementAndGet();
            Path cache = Files.createDirectories(folder.resolve("cache-" + UUID.randomUUID()));
            Files.writeString(cache.resolve("blob"), weights);
            Files.writeString(cache.resolve("config.json"), "{}");
            Files.writeString(cache.resolve("pytorch_model.bin"), "pickle");
            Files.createSymbolicLink(cache.resolve("model.safetensors"), Path.of("blob"));
            return List.of(cache.resolve("config.json"), cache.resolve("model.safetensors"));
        };
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_encoder_that_one_machine_fetched_is_found_on_another(Kind kind) throws IOException {
        assertThat(on(kind, "here").keptEncoder(ENCODER, SOURCE)).isEmpty();
        assertThat(on(kind, "here").keepEncoder(ENCODER, SOURCE, fetch("weights")))
                .isPresent();

        KeptEncoder there = on(kind, "there").keptEncoder(ENCODER, SOURCE).orElseThrow();
        on(kind, "there").keepEncoder(ENCODER, SOURCE, fetch("others"));

        assertThat(fetched).hasValue(1);
        assertThat(there.folder().resolve("model.safetensors"))
                .hasContent("weights")
                .matches(file -> !Files.isSymbolicLink(file));
        assertThat(there.copy().files()).containsOnlyKeys("config.json", "model.safetensors");
        assertThat(there.folder().resolve("pytorch_model.bin")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void one_from_another_source_is_none_and_takes_no_place(Kind kind) {
        on(kind, "here").keepEncoder(ENCODER, SOURCE, fetch("weights"));

        String other = "hf://lab/encoder@v2";
        assertThat(on(kind, "there").keptEncoder(ENCODER, other)).isEmpty();
        assertThat(on(kind, "there").keepEncoder(ENCODER, other, fetch("others")))
                .isEmpty();
        assertThat(on(kind, "there").keptEncoder(ENCODER, SOURCE)).isPresent();
    }

    @Test
    void two_that_fetch_at_once_into_a_folder_fetch_once() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Optional<KeptEncoder>>> kept = List.of("a", "b").stream()
                    .map(machine -> pool.submit(() -> {
                        both.countDown();
                        both.await();
                        return on(Kind.Folder, machine).keepEncoder(ENCODER, SOURCE, fetch("weights of " + machine));
                    }))
                    .toList();

            assertThat(kept.get(0).get().orElseThrow().copy())
                    .isEqualTo(kept.get(1).get().orElseThrow().copy());
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void the_slower_of_two_that_fetch_into_a_bucket_ends_with_the_copy_of_the_faster() {
        KeptEncoder slower = on(Kind.Bucket, "b")
                .keepEncoder(ENCODER, SOURCE, () -> {
                    on(Kind.Bucket, "a").keepEncoder(ENCODER, SOURCE, fetch("weights of a"));
                    return fetch("weights of b").files();
                })
                .orElseThrow();

        assertThat(slower.folder().resolve("model.safetensors")).hasContent("weights of a");
        assertThat(on(Kind.Bucket, "c").encoders()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_fetch_that_breaks_off_leaves_nothing_that_counts(Kind kind) {
        assertThatThrownBy(() -> on(kind, "here").keepEncoder(ENCODER, SOURCE, () -> {
                    throw new IllegalStateException("the hub is gone");
                }))
                .hasMessageContaining("the hub is gone");

        assertThat(on(kind, "here").keptEncoder(ENCODER, SOURCE)).isEmpty();
        assertThat(on(kind, "here").keepEncoder(ENCODER, SOURCE, fetch("weights")))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_byte_that_was_changed_is_found(Kind kind) throws IOException {
        Store store = on(kind, "here");
        EncoderCopy copy = store.keepEncoder(ENCODER, SOURCE, fetch("weights"))
                .orElseThrow()
                .copy();
        EncoderCopies.Listed listed = store.encoders().getFirst();
        assertThat(StoreCheck.of(store, listed)).isEmpty();

        byte[] changed = "weightz".getBytes(StandardCharsets.UTF_8);
        switch (kind) {
            case Folder -> {
                Path file = folder.resolve("store").resolve(listed.place()).resolve("model.safetensors");
                Files.delete(file);
                Files.write(file, changed);
            }
            case Bucket ->
                server.bucket(address)
                        .put(
                                listed.place() + "/"
                                        + copy.files().get("model.safetensors").sha256(),
                                changed);
        }

        assertThat(StoreCheck.of(store, listed))
                .containsExactly(
                        store.address() + "/" + listed.place() + "/model.safetensors has other bytes than it had");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_copy_is_garbage_only_if_no_kept_manifest_starts_from_it(Kind kind) {
        Store store = on(kind, "here");
        store.keepEncoder(ENCODER, SOURCE, fetch("weights"));
        Instant later = Instant.now().plus(Duration.ofDays(400));
        Duration week = Duration.ofDays(7);

        assertThat(Garbage.encodersIn(store, week, null, later)).isEmpty();
        assertThat(Garbage.encodersIn(store, week, Set.of(ENCODER), later)).isEmpty();
        List<Garbage.EncoderRemoval> unwanted = Garbage.encodersIn(store, week, Set.of(), later);
        assertThat(unwanted)
                .extracting(Garbage.EncoderRemoval::because)
                .containsExactly("no manifest given with --keep starts from it");

        assertThat(Garbage.remove(store, unwanted.getFirst().copy())).isTrue();
        assertThat(store.encoders()).isEmpty();
        assertThat(on(kind, "there").keptEncoder(ENCODER, SOURCE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_was_never_finished_goes_once_it_is_old(Kind kind) throws IOException {
        Store store = on(kind, "here");
        store.keepEncoder(ENCODER, SOURCE, fetch("weights"));
        EncoderCopies.Listed listed = store.encoders().getFirst();
        switch (kind) {
            case Folder ->
                Files.delete(folder.resolve("store").resolve(listed.place()).resolve(EncoderCopy.FILE));
            case Bucket -> server.bucket(address).delete(listed.place() + "/" + EncoderCopy.FILE);
        }

        Duration week = Duration.ofDays(7);
        assertThat(Garbage.encodersIn(store, week, null, Instant.now())).isEmpty();
        assertThat(Garbage.encodersIn(store, week, null, Instant.now().plus(Duration.ofDays(8))))
                .extracting(Garbage.EncoderRemoval::because)
                .containsExactly("unfinished, untouched for 8 days");
        assertThat(store.keptEncoder(ENCODER, SOURCE)).isEmpty();
        assertThat(store.keepEncoder(ENCODER, SOURCE, fetch("weights"))).isPresent();
    }

    @Test
    void who_fetches_one_version_leaves_alone_what_another_process_is_writing_of_the_next() throws IOException {
        Path shelf = folder.resolve("store").resolve(EncoderCopy.path(ENCODER)).resolveSibling(".");
        Files.createDirectories(shelf);
        Path own = Files.createDirectory(shelf.resolve(".writing-main-" + UUID.randomUUID()));
        Path others = Files.createDirectory(shelf.resolve(".writing-main-2-" + UUID.randomUUID()));

        on(Kind.Folder, "here").keepEncoder(ENCODER, SOURCE, fetch("weights"));

        assertThat(own).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void a_lock_outlives_the_copy_for_whoever_waits_at_it() throws IOException {
        Store store = on(Kind.Folder, "here");
        store.keepEncoder(ENCODER, SOURCE, fetch("weights"));
        EncoderCopies.Listed copy = store.encoders().getFirst();
        Path lock = folder.resolve("store").resolve(copy.place() + ".lock");
        Object before = Files.getAttribute(lock, "unix:ino");

        assertThat(Garbage.remove(store, copy)).isTrue();

        assertThat(Files.getAttribute(lock, "unix:ino")).isEqualTo(before);
        assertThat(store.encoders()).isEmpty();
    }

    @Test
    void a_copy_stays_while_a_step_runs_that_may_read_it() throws IOException {
        Store store = on(Kind.Folder, "here");
        store.keepEncoder(ENCODER, SOURCE, fetch("weights"));
        StepSpec spec = StepFixtures.training(null, 1);
        EncoderCopies.Listed copy = store.encoders().getFirst();

        try (StepLock _ = store.locks().tryLock(StepKeys.of(spec)).orElseThrow()) {
            assertThat(Garbage.remove(store, copy)).isFalse();
        }
        assertThat(store.keptEncoder(ENCODER, SOURCE)).isPresent();
    }
}
