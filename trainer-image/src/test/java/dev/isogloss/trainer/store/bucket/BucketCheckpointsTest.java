package dev.isogloss.trainer.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Checkpoints in a bucket, from which another machine goes on.
class BucketCheckpointsTest extends SharedBucket {

    private static void checkpoint(StepFolder folder, String state) throws IOException {
        Files.createDirectories(folder.checkpoint());
        AtomicFiles.write(folder.checkpoint().resolve("checkpoint.safetensors"), state);
    }

    @Test
    void another_machine_goes_on_from_the_last_checkpoint_that_arrived_whole() throws Exception {
        Store dead = on("dead");
        StepFolder folder = train(dead, "model so far");
        checkpoint(folder, "update 100");
        assertThat(dead.keepCheckpoint(dead.folder(KEY))).isEmpty();
        checkpoint(folder, "update 200");
        server.beforePut(name -> {
            if (name.endsWith("/latest.json")) throw new UncheckedIOException(new IOException("killed"));
        });
        assertThat(dead.keepCheckpoint(dead.folder(KEY))).hasValueSatisfying(note -> assertThat(note)
                .startsWith("the checkpoint is on this machine alone: " + address));
        server.calm();

        Store next = on("next");
        assertThat(next.hasCheckpoint(KEY)).isTrue();
        StepFolder resumed = next.begin(KEY, SPEC);

        assertThat(resumed.checkpoint().resolve("checkpoint.safetensors")).hasContent("update 100");
        assertThat(resumed.curve()).hasContent("{\"loss\": 1}");
        next.commit(StepFixtures.result(KEY, 0.5));
        assertThat(next.hasCheckpoint(KEY)).isFalse();
        assertThat(objects()).noneMatch(name -> name.startsWith("checkpoint/"));
    }

    @Test
    void a_curve_that_grows_while_it_is_uploaded_arrives_as_it_once_was() throws Exception {
        Store dead = on("dead");
        StepFolder folder = train(dead, "model so far");
        String before = "{\"loss\": 1}\n".repeat(200_000);
        Files.writeString(folder.curve(), before);
        checkpoint(folder, "update 100");
        AtomicBoolean over = new AtomicBoolean();
        Thread training = Thread.ofPlatform().start(() -> {
            while (!over.get()) append(folder.curve());
        });
        try {
            assertThat(dead.keepCheckpoint(dead.folder(KEY))).isEmpty();
        } finally {
            over.set(true);
            training.join();
        }

        StepFolder resumed = on("next").begin(KEY, SPEC);

        assertThat(resumed.checkpoint().resolve("checkpoint.safetensors")).hasContent("update 100");
        assertThat(Files.readString(resumed.curve())).startsWith(before);
        assertThat(Files.readString(folder.curve())).startsWith(Files.readString(resumed.curve()));
    }

    private static void append(Path curve) {
        try {
            Files.writeString(curve, "{\"loss\": 2}\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_machine_that_is_further_than_the_bucket_goes_on_from_its_own() throws Exception {
        Store store = on("here");
        StepFolder folder = train(store, "model");
        checkpoint(folder, "update 100");
        store.keepCheckpoint(store.folder(KEY));
        checkpoint(folder, "update 200");

        assertThat(on("here").begin(KEY, SPEC).checkpoint().resolve("checkpoint.safetensors"))
                .hasContent("update 200");
    }

    @Test
    void a_machine_that_is_behind_takes_the_checkpoint_of_the_bucket() throws Exception {
        Store old = on("old");
        checkpoint(train(old, "old"), "update 100");
        old.keepCheckpoint(old.folder(KEY));
        Store newer = on("newer");
        checkpoint(newer.begin(KEY, SPEC), "update 500");
        newer.keepCheckpoint(newer.folder(KEY));

        assertThat(on("old").begin(KEY, SPEC).checkpoint().resolve("checkpoint.safetensors"))
                .hasContent("update 500");
    }

    @Test
    void only_what_changed_is_uploaded_again_and_what_is_no_longer_used_goes() throws Exception {
        Store store = on("here");
        StepFolder folder = train(store, "model");
        AtomicInteger puts = new AtomicInteger();
        server.afterPut(name -> puts.incrementAndGet());
        for (int update = 1; update <= 3; update++) {
            checkpoint(folder, "update " + update);
            puts.set(0);
            store.keepCheckpoint(store.folder(KEY));
        }

        assertThat(puts).hasValue(2); // the checkpoint and latest.json
        assertThat(objects().stream().filter(name -> name.startsWith("checkpoint/")))
                .hasSize(5); // with curve and two files of the model
    }

    @Test
    void a_checkpoint_that_somebody_removed_in_part_costs_only_time() throws Exception {
        Store dead = on("dead");
        checkpoint(train(dead, "model"), "update 100");
        dead.keepCheckpoint(dead.folder(KEY));
        bucket.list("steps/").stream()
                .filter(each ->
                        each.name().contains("/checkpoint/") && !each.name().endsWith("latest.json"))
                .limit(1)
                .forEach(each -> bucket.delete(each.name()));

        assertThat(on("next").begin(KEY, SPEC).checkpoint().resolve("checkpoint.safetensors"))
                .doesNotExist();
    }
}
