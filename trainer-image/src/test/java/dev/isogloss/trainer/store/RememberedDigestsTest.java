package dev.isogloss.trainer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.json.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedDigestsTest {
    private static final int LARGE = 3 << 20;
    private static final InstantSource MUCH_LATER = () -> Instant.now().plus(Duration.ofHours(1));

    @TempDir
    Path folder;

    private Path weights;
    private int hashed;

    @BeforeEach
    void weights() throws IOException {
        weights = Files.write(folder.resolve("model.safetensors"), new byte[LARGE]);
    }

    /// As another process sees it: nothing is in memory.
    private String digest(InstantSource now) throws IOException {
        return RememberedDigests.in(folder.resolve("store"), now).of(weights, () -> {
            hashed++;
            return Sha256.of(weights);
        });
    }

    private String now() throws IOException {
        return Sha256.of(weights);
    }

    private void overwrite(int at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.seek(at);
            file.write(1);
        }
    }

    private Path record() throws IOException {
        return folder.resolve("store/digests")
                .resolve(Sha256.of(weights.toRealPath().toString().getBytes(UTF_8)));
    }

    @Test
    void another_process_does_not_hash_a_file_again() throws IOException {
        assertThat(digest(MUCH_LATER)).isEqualTo(now());
        assertThat(digest(MUCH_LATER)).isEqualTo(now());

        assertThat(hashed).isEqualTo(1);
    }

    @Test
    void a_byte_that_was_changed_in_place_is_seen_though_size_and_modification_time_are_as_before() throws IOException {
        FileTime modified = Files.getLastModifiedTime(weights);
        String before = digest(MUCH_LATER);

        overwrite(LARGE / 2);
        Files.setLastModifiedTime(weights, modified);

        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(modified);
        assertThat(digest(MUCH_LATER)).isEqualTo(now()).isNotEqualTo(before);
    }

    @Test
    void another_file_under_the_same_name_is_seen_though_its_times_are_the_same() throws IOException {
        digest(MUCH_LATER);
        Path other = Files.write(folder.resolve("other"), new byte[LARGE]);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(weights));
        Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);

        digest(MUCH_LATER);

        assertThat(hashed).isEqualTo(2);
    }

    @Test
    void a_file_that_was_written_this_moment_is_not_remembered_since_the_next_write_may_have_the_same_time()
            throws IOException {
        InstantSource atOnce = InstantSource.fixed(
                Files.getLastModifiedTime(weights).toInstant().plusMillis(1990));

        digest(atOnce);
        digest(atOnce);

        assertThat(hashed).isEqualTo(2);
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void a_file_that_changes_while_it_is_hashed_is_not_remembered() throws IOException {
        RememberedDigests digests = RememberedDigests.in(folder.resolve("store"), MUCH_LATER);
        String torn = digests.of(weights, () -> {
            String half = Sha256.of(weights);
            overwrite(0);
            return half;
        });

        assertThat(digests.of(weights)).isEqualTo(now()).isNotEqualTo(torn);
    }

    @Test
    void a_link_stands_for_the_file_it_leads_to() throws IOException {
        digest(MUCH_LATER);
        Path link = Files.createSymbolicLink(folder.resolve("link"), weights);

        String digest =
                RememberedDigests.in(folder.resolve("store"), MUCH_LATER).of(link, () -> "hashed");

        assertThat(digest).isEqualTo(now());
    }

    @Test
    void a_small_file_is_hashed_each_time_and_leaves_no_record() throws IOException {
        Path small = Files.writeString(folder.resolve("config.json"), "{}");

        assertThat(RememberedDigests.in(folder.resolve("store"), MUCH_LATER).of(small))
                .isEqualTo(Sha256.of(small));
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[1]", "{\"path\": \"half a rec", "\0\0\0\0"})
    void a_record_that_is_no_record_is_made_anew(String broken) throws IOException {
        digest(MUCH_LATER);
        String whole = Files.readString(record());
        Files.writeString(record(), broken);

        assertThat(digest(MUCH_LATER)).isEqualTo(now());
        assertThat(record()).hasContent(whole);
    }

    @Test
    void a_record_in_which_any_digit_has_flipped_is_made_anew() throws IOException {
        String right = digest(MUCH_LATER);
        String whole = Files.readString(record());
        for (int i = whole.indexOf(right); i < whole.indexOf(right) + 64; i += 7) {
            char digit = whole.charAt(i);
            Files.writeString(record(), whole.substring(0, i) + (digit == '0' ? '1' : '0') + whole.substring(i + 1));

            assertThat(digest(MUCH_LATER)).isEqualTo(right);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_costs_nothing_but_time() throws IOException {
        Files.writeString(folder.resolve("store"), "a file where the folder should be");

        assertThat(digest(MUCH_LATER)).isEqualTo(now());
    }

    @Test
    void nothing_is_remembered_where_that_is_switched_off() throws IOException {
        digest(MUCH_LATER);

        assertThat(RememberedDigests.none().of(weights, () -> "hashed")).isEqualTo("hashed");
    }

    @Test
    void many_that_hash_a_file_at_once_leave_one_whole_record() throws Exception {
        Callable<String> one =
                () -> RememberedDigests.in(folder.resolve("store"), MUCH_LATER).of(weights);
        List<Future<String>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 40; i++) all.add(threads.submit(one));
        }

        for (Future<String> each : all) assertThat(each.get()).isEqualTo(now());
        assertThat(folder.resolve("store/digests")).isDirectoryContaining(record()::equals);
        try (var files = Files.list(folder.resolve("store/digests"))) {
            assertThat(files).hasSize(1);
        }
        assertThat(digest(MUCH_LATER)).isEqualTo(now());
        assertThat(hashed).isZero();
    }
}
