package dev.isogloss.trainer.store.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketFailure;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.Garbage;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.Recomputed;
import dev.isogloss.trainer.store.RepeatedStep;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreCheck;
import dev.isogloss.trainer.store.StoreEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BucketStorageTest extends SharedBucket {
    private static final Identity DATA = new Identity(Identity.Kind.Dataset, "org/packages", "1");

    @Test
    void a_step_that_is_computed_again_is_replaced_in_a_bucket_and_other_machines_find_the_new_one()
            throws IOException {
        Store one = on("one");
        train(one, "weights");
        one.commit(StepFixtures.result(KEY, 0.5));
        StepSpec reader = StepFixtures.training(KEY, 2);
        one.begin(StepKeys.of(reader), reader);
        Store two = on("two");
        assertThat(two.model(KEY).resolve("model.safetensors")).hasContent("weights");

        RepeatedStep again = RepeatedStep.begin(one, KEY, SPEC);
        AtomicFiles.folder(again.folder().model(), model -> {
            Files.writeString(model.resolve("model.safetensors"), "others");
            Files.writeString(model.resolve("config.json"), "{}");
        });
        Recomputed recomputed = again.end(StepFixtures.result(KEY, 0.25));

        assertThat(recomputed.isSame()).isFalse();
        assertThat(two.stale()).containsExactly(StepKeys.of(reader));
        assertThat(two.result(KEY)).contains(StepFixtures.result(KEY, 0.25));
        Files.delete(two.folder(KEY).model().resolve("model.safetensors"));
        assertThat(two.model(KEY).resolve("model.safetensors")).hasContent("others");
        assertThat(one.model(KEY).resolve("model.safetensors")).hasContent("others");
        assertThat(StoreCheck.of(two, KEY)).isEmpty();
    }

    @Test
    void finished_steps_are_listed_and_of_one_that_is_known_here_the_document_is_not_fetched() throws IOException {
        Store one = on("one");
        train(one, "weights");
        assertThat(on("two").finished()).isEmpty();
        one.commit(StepFixtures.result(KEY, 0.5));

        assertThat(on("two").finished()).extracting(StoreEntry.Finished::key).containsExactly(KEY);
        byte[] document = Files.readAllBytes(one.folder(KEY).step());
        assertThat(on("two").keyDocument(KEY)).contains(document);
        bucket.put("steps/" + KEY.hex() + "/step.json", "{}".getBytes(UTF_8));
        assertThat(on("two").keyDocument(KEY)).isEmpty();
        assertThat(one.keyDocument(KEY)).contains(document);
    }

    @Test
    void a_step_that_one_machine_made_is_read_on_another() throws Exception {
        Store here = on("here");
        assertThat(here.isDone(KEY)).isFalse();
        train(here, "weights");
        assertThat(here.commit(StepFixtures.result(KEY, 0.5))).isEqualTo(StepFixtures.result(KEY, 0.5));

        Store there = on("there");
        assertThat(there.result(KEY)).contains(StepFixtures.result(KEY, 0.5));
        assertThat(there.keys()).containsExactly(KEY);
        assertThat(there.find(KEY.brief())).isEqualTo(KEY);
        assertThat(there.model(KEY).resolve("model.safetensors")).hasContent("weights");
        assertThat(there.folder(KEY).curve()).doesNotExist();
        assertThat(there.spec(KEY)).hasSameBinaryContentAs(here.folder(KEY).step());
        assertThat(objects())
                .containsExactly(
                        "attempts/ID/curve.jsonl",
                        "attempts/ID/files.json",
                        "attempts/ID/model/config.json",
                        "attempts/ID/model/model.safetensors",
                        "attempts/ID/step.json",
                        "result.json",
                        "step.json");
    }

    @Test
    void a_store_where_nothing_was_done_is_empty() {
        Store store = on("here");

        assertThat(store.keys()).isEmpty();
        assertThat(store.result(KEY)).isEmpty();
        assertThat(store.hasBegun(KEY)).isFalse();
        assertThat(store.hasCheckpoint(KEY)).isFalse();
        assertThat(store.address()).isEqualTo(address);
        assertThatThrownBy(() -> store.model(KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not done in " + address);
    }

    @Test
    void of_two_writers_one_wins_and_both_have_its_result() throws Exception {
        Store first = on("first");
        Store second = on("second");
        train(first, "weights of the first");
        train(second, "weights of the second");
        StepResult[] won = new StepResult[1];
        server.beforePut(name -> {
            if (!name.endsWith("/files.json") || won[0] != null) return;
            won[0] = StepFixtures.result(KEY, 0.25);
            second.commit(won[0]); // while the first uploads
        });

        StepResult taken = first.commit(StepFixtures.result(KEY, 0.5));

        assertThat(taken).isEqualTo(StepFixtures.result(KEY, 0.25));
        assertThat(objects()).hasSize(7);
        for (Store store : List.of(first, second, on("third")))
            assertThat(store.model(KEY).resolve("model.safetensors")).hasContent("weights of the second");
        assertThat(StoreCheck.of(first, KEY)).isEmpty();
    }

    @Test
    void a_writer_whose_own_success_was_not_answered_has_won() throws Exception {
        Store store = on("here");
        train(store, "weights");
        AtomicInteger answers = new AtomicInteger();
        server.afterPut(name -> {
            if (name.endsWith("/result.json") && answers.incrementAndGet() == 1)
                throw new UncheckedIOException(new IOException("the answer is lost"));
        });

        assertThat(store.commit(StepFixtures.result(KEY, 0.5))).isEqualTo(StepFixtures.result(KEY, 0.5));

        assertThat(answers).hasValue(1);
        assertThat(on("there").model(KEY).resolve("model.safetensors")).hasContent("weights");
    }

    @Test
    void a_writer_that_ends_between_uploads_leaves_nothing_that_counts() throws Exception {
        Store dead = on("dead");
        train(dead, "half");
        server.beforePut(name -> {
            if (name.endsWith("/files.json")) throw new UncheckedIOException(new IOException("killed"));
        });
        assertThatThrownBy(() -> dead.commit(StepFixtures.result(KEY, 0.5))).isInstanceOf(BucketFailure.class);
        server.calm();

        Store next = on("next");
        assertThat(next.isDone(KEY)).isFalse();
        assertThat(next.hasBegun(KEY)).isTrue();
        train(next, "whole");
        next.commit(StepFixtures.result(KEY, 0.5));
        assertThat(on("reader").model(KEY).resolve("model.safetensors")).hasContent("whole");
        assertThat(objects()).hasSize(7);
    }

    @Test
    void bytes_that_somebody_changed_are_not_used() throws Exception {
        train(on("here"), "weights");
        on("here").commit(StepFixtures.result(KEY, 0.5));
        String model = bucket.list("steps/").stream()
                .map(Bucket.Listed::name)
                .filter(name -> name.endsWith("model.safetensors"))
                .findFirst()
                .orElseThrow();
        bucket.put(model, "other!!".getBytes(UTF_8));

        assertThatThrownBy(() -> on("there").model(KEY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(address + "/" + model + " has other bytes than its step left. Remove all of ");
        assertThat(folder.resolve("there/steps/" + KEY.hex() + "/model/model.safetensors"))
                .doesNotExist();
        assertThat(StoreCheck.of(on("there"), KEY)).singleElement().asString().endsWith("has other bytes than it had");

        bucket.delete(model);
        assertThatThrownBy(() -> on("there").model(KEY)).hasMessageContaining("is missing");
        assertThat(StoreCheck.of(on("there"), KEY)).singleElement().asString().endsWith("is missing");
    }

    @Test
    void a_name_that_leads_out_of_the_step_is_refused() throws Exception {
        train(on("here"), "weights");
        on("here").commit(StepFixtures.result(KEY, 0.5));
        String files = bucket.list("steps/").stream()
                .map(Bucket.Listed::name)
                .filter(name -> name.endsWith("/files.json"))
                .findFirst()
                .orElseThrow();
        bucket.put(files, "{\"model/../../../../evil\": {\"bytes\": 1, \"sha256\": \"00\"}}".getBytes(UTF_8));

        assertThatThrownBy(() -> on("there").model(KEY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("leads out of its step's folder");
    }

    @Test
    void the_first_reader_says_what_data_are() {
        on("here").identify(DATA, Map.of("de/test.jsonl", "a".repeat(64)));

        Store there = on("there");
        there.identify(DATA, Map.of("de/test.jsonl", "a".repeat(64), "fr/test.jsonl", "b".repeat(64)));
        assertThatThrownBy(() -> there.checkIdentity(DATA, Map.of("fr/test.jsonl", "c".repeat(64))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("fr/test.jsonl of the dataset org/packages, version 1, has changed")
                .hasMessageContaining("remove " + address + "/datasets/org%2fpackages/1/fr%2ftest.jsonl.");
        assertThatThrownBy(() -> on("third").identify(DATA, Map.of("de/test.jsonl", "d".repeat(64))))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void of_two_first_readers_of_different_bytes_one_is_stopped() {
        Store slow = on("slow");
        boolean[] raced = {false};
        server.afterGet(name -> {
            if (!name.contains("/datasets/") || raced[0]) return;
            raced[0] = true;
            on("quick").identify(DATA, Map.of("x", "a".repeat(64)));
        });

        assertThatThrownBy(() -> slow.identify(DATA, Map.of("x", "b".repeat(64))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void a_store_is_listed_and_cleared_up() throws Exception {
        Store store = on("here");
        train(store, "weights");
        Instant later = Instant.now().plus(Duration.ofDays(8));

        assertThat(StoreEntry.all(store)).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("Train");
            assertThat(entry.done()).isFalse();
            assertThat(entry.newest()).isAfter(Instant.now().minus(Duration.ofMinutes(5)));
        });
        assertThat(Garbage.in(store, Duration.ofDays(7), null, Instant.now())).isEmpty();
        assertThat(Garbage.in(store, Duration.ofDays(7), null, later))
                .extracting(Garbage.Removal::because)
                .containsExactly("unfinished, untouched for 8 days");
        store.commit(StepFixtures.result(KEY, 0.5));
        assertThat(Garbage.in(store, Duration.ofDays(7), Set.of(KEY), later)).isEmpty();
        assertThat(Garbage.in(store, Duration.ofDays(7), Set.of(), later)).hasSize(1);

        assertThat(Garbage.remove(store, KEY)).isTrue();

        assertThat(on("there").keys()).isEmpty();
        assertThat(objects()).isEmpty();
        assertThat(store.folder(KEY).path()).doesNotExist();
    }
}
