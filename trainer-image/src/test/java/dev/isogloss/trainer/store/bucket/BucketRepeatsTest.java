package dev.isogloss.trainer.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.bucket.BucketFailure;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.Garbage;
import dev.isogloss.trainer.store.RepeatedStep;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A finished step of a bucket that several machines compute again or read.
class BucketRepeatsTest extends SharedBucket {
    private static final StepSpec READER = StepFixtures.training(KEY, 2);
    private static final StepKey READER_KEY = StepKeys.of(READER);

    @BeforeEach
    void aFinishedStep() throws IOException {
        Store store = on("maker");
        train(store, "weights");
        store.commit(StepFixtures.result(KEY, 0.5));
    }

    private static RepeatedStep repeated(Store store, String weights) throws IOException {
        RepeatedStep again = RepeatedStep.begin(store, KEY, SPEC);
        AtomicFiles.folder(again.folder().model(), model -> {
            Files.writeString(model.resolve("model.safetensors"), weights);
            Files.writeString(model.resolve("config.json"), "{}");
        });
        return again;
    }

    private static void checkpoint(Store store, StepFolder folder) throws IOException {
        AtomicFiles.folder(folder.checkpoint(), state -> AtomicFiles.write(state.resolve("state"), "update 100"));
        assertThat(store.keepCheckpoint(folder)).isEmpty();
    }

    @Test
    void of_two_machines_that_replace_it_at_once_none_takes_files_of_the_other() throws Exception {
        RepeatedStep slow = repeated(on("slow"), "of the slow one");
        RepeatedStep quick = repeated(on("quick"), "of the quick one");
        AtomicBoolean between = new AtomicBoolean();
        server.beforePut(name -> {
            if (name.endsWith("/files.json") && between.compareAndSet(false, true))
                quick.end(StepFixtures.result(KEY, 0.25)); // while the slow one uploads
        });

        slow.end(StepFixtures.result(KEY, 0.125));

        assertThat(StoreCheck.of(on("reader"), KEY)).isEmpty();
        assertThat(on("reader").model(KEY).resolve("model.safetensors")).hasContent("of the slow one");
        assertThat(objects()).hasSize(6);
    }

    @Test
    void a_late_first_writer_takes_nothing_from_one_that_replaces() throws Exception {
        Store late = on("late");
        RepeatedStep again = repeated(on("again"), "others");
        AtomicBoolean between = new AtomicBoolean();
        train(late, "weights");
        server.beforePut(name -> {
            if (name.endsWith("/files.json") && between.compareAndSet(false, true))
                late.commit(StepFixtures.result(KEY, 0.5));
        });

        again.end(StepFixtures.result(KEY, 0.25));

        assertThat(StoreCheck.of(on("reader"), KEY)).isEmpty();
    }

    @Test
    void an_upload_that_stops_half_way_leaves_what_there_was_and_goes_on_from_the_checkpoint() throws Exception {
        Store store = on("here");
        RepeatedStep again = repeated(store, "others");
        checkpoint(store, again.folder());
        server.beforePut(name -> {
            if (name.endsWith("/files.json")) throw new UncheckedIOException(new IOException("killed"));
        });
        assertThatThrownBy(() -> again.end(StepFixtures.result(KEY, 0.25))).isInstanceOf(BucketFailure.class);
        server.calm();

        assertThat(StoreCheck.of(on("reader"), KEY)).isEmpty();
        assertThat(on("reader").result(KEY)).contains(StepFixtures.result(KEY, 0.5));
        RepeatedStep next = RepeatedStep.begin(on("elsewhere"), KEY, SPEC);
        assertThat(next.folder().checkpoint().resolve("state")).hasContent("update 100");
        next.end(StepFixtures.result(KEY, 0.25));
        assertThat(objects()).noneMatch(name -> name.startsWith("checkpoint/"));
    }

    @Test
    void what_a_stopped_machine_uploaded_is_garbage_once_it_is_old_and_what_counts_never_is() throws Exception {
        Store store = on("here");
        RepeatedStep again = repeated(store, "others");
        checkpoint(store, again.folder());
        server.beforePut(name -> {
            if (name.endsWith("/files.json")) throw new UncheckedIOException(new IOException("killed"));
        });
        assertThatThrownBy(() -> again.end(StepFixtures.result(KEY, 0.25))).isInstanceOf(BucketFailure.class);
        server.calm();
        Instant later = Instant.now().plus(Duration.ofDays(8));
        assertThat(Garbage.leftoversIn(store, Duration.ofDays(7), Instant.now()))
                .isEmpty();

        var items = Garbage.leftoversIn(store, Duration.ofDays(7), later);

        assertThat(items)
                .extracting(Garbage.LeftoverRemoval::because)
                .containsExactly("unfinished repeat, untouched for 8 days", "unfinished repeat, untouched for 8 days");
        for (var item : items)
            assertThat(Garbage.remove(store, item.leftover())).isTrue();
        assertThat(store.leftovers()).isEmpty();
        assertThat(again.folder().path()).doesNotExist();
        assertThat(objects()).hasSize(7);
        assertThat(StoreCheck.of(on("reader"), KEY)).isEmpty();
    }

    @Test
    void an_upload_that_came_to_count_since_it_was_listed_stays() throws Exception {
        var listed = new Object() {
            Garbage.LeftoverRemoval upload;
        };
        RepeatedStep again = repeated(on("again"), "others");
        server.beforePut(name -> {
            if (name.endsWith("/result.json"))
                listed.upload = Garbage.leftoversIn(on("cleaner"), Duration.ZERO, Instant.now())
                        .getFirst();
        });
        again.end(StepFixtures.result(KEY, 0.25));
        server.calm();

        assertThat(Garbage.remove(on("cleaner"), listed.upload.leftover())).isTrue();

        assertThat(StoreCheck.of(on("reader"), KEY)).isEmpty();
    }

    @Test
    void a_repeat_that_gives_the_same_leaves_no_checkpoint() throws Exception {
        Store store = on("here");
        RepeatedStep again = RepeatedStep.begin(store, KEY, SPEC);
        train(again.folder(), "weights");
        checkpoint(store, again.folder());

        assertThat(again.end(StepFixtures.result(KEY, 0.5)).isSame()).isTrue();

        assertThat(objects()).hasSize(7);
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void a_step_that_begins_reads_what_counts_then_whatever_this_process_has_read_before() throws Exception {
        Store store = on("here");
        assertThat(store.model(KEY).resolve("model.safetensors")).hasContent("weights");
        repeated(on("again"), "others").end(StepFixtures.result(KEY, 0.25));

        store.begin(READER_KEY, READER);

        assertThat(store.model(KEY).resolve("model.safetensors")).hasContent("others");
        assertThat(store.stale()).isEmpty();
    }

    @Test
    void a_reader_that_begins_while_the_new_files_are_uploaded_is_stale_afterwards() throws Exception {
        Store store = on("here");
        store.begin(READER_KEY, READER);
        store.commit(StepFixtures.result(READER_KEY, 0.5));
        var reader = new Object() {
            RepeatedStep again;
        };
        server.beforePut(name -> {
            if (name.endsWith("/steps/" + KEY.hex() + "/result.json"))
                reader.again = RepeatedStep.begin(on("quick"), READER_KEY, READER);
        });

        repeated(on("again"), "others").end(StepFixtures.result(KEY, 0.25));
        server.calm();
        reader.again.end(StepFixtures.result(READER_KEY, 0.5));

        assertThat(store.stale()).containsExactly(READER_KEY);
    }
}
