package dev.isogloss.trainer.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BucketTest {

    @RegisterExtension
    private static final BucketServer server = new BucketServer();

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void what_was_put_is_there_until_it_is_deleted() {
        Bucket bucket = server.bucket("s3://lab/first");
        assertThat(bucket.get("a/b.txt")).isEmpty();

        bucket.put("a/b.txt", bytes("hello"));
        bucket.put("a/b.txt", bytes("again"));
        assertThat(bucket.get("a/b.txt"))
                .hasValueSatisfying(found -> assertThat(found).asString().isEqualTo("again"));

        bucket.delete("a/b.txt");
        bucket.delete("a/b.txt");
        assertThat(bucket.get("a/b.txt")).isEmpty();
    }

    @Test
    void names_may_hold_whatever_files_are_called() {
        Bucket bucket = server.bucket("s3://lab/odd names/ünï");
        String name = "a b/%2f+&=?#<x>'\"日本語.jsonl";

        bucket.put(name, bytes("x"));

        assertThat(bucket.get(name)).isPresent();
        assertThat(bucket.list("a b/")).extracting(Bucket.Listed::name).containsExactly(name);
        assertThat(bucket.folders("")).containsExactly("a b");
    }

    @Test
    void the_first_of_two_conditional_writers_wins() {
        Bucket bucket = server.bucket("s3://lab/race");

        assertThat(bucket.putIfAbsent("result", bytes("one"))).isTrue();
        assertThat(bucket.putIfAbsent("result", bytes("two"))).isFalse();

        assertThat(bucket.get("result").orElseThrow()).asString().isEqualTo("one");
    }

    @Test
    void a_large_file_travels_in_parts_both_ways() throws Exception {
        Bucket bucket = server.bucket("s3://lab/large");
        byte[] large = new byte[(12 << 20) + 1];
        new Random(1).nextBytes(large);
        Path file = Files.write(folder.resolve("model"), large);

        bucket.upload(file, "model");

        assertThat(bucket.list("")).extracting(Bucket.Listed::bytes).containsExactly((long) large.length);
        AtomicInteger pieces = new AtomicInteger();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        assertThat(bucket.download("model", piece -> {
                    pieces.incrementAndGet();
                    back.write(piece);
                }))
                .isTrue();
        assertThat(back.toByteArray()).isEqualTo(large);
        assertThat(pieces).hasValue(3);
    }

    @Test
    void an_empty_file_is_a_file_and_a_missing_one_is_none() throws Exception {
        Bucket bucket = server.bucket("s3://lab/empty");
        bucket.upload(Files.createFile(folder.resolve("none")), "none");

        assertThat(bucket.download("none", piece -> assertThat(piece).isEmpty()))
                .isTrue();
        assertThat(bucket.download("other", piece -> {
                    throw new AssertionError("nothing to take");
                }))
                .isFalse();
    }

    @Test
    void more_than_a_page_is_listed_whole() {
        BucketSettings settings = BucketSettings.of(server.environment());
        Bucket bucket = new Bucket(BucketAddress.parse("s3://lab/many"), settings, 10);
        IntStream.range(0, 23).forEach(i -> bucket.put("steps/%04d/x".formatted(i), bytes("x")));

        assertThat(bucket.list("steps/")).hasSize(23);
        assertThat(bucket.folders("steps/")).hasSize(23).startsWith("0000").endsWith("0022");
        assertThat(server.bucket("s3://lab/man").list("")).isEmpty();
    }

    @Test
    void a_server_that_stumbles_is_asked_again() {
        Bucket bucket = server.bucket("s3://lab/stumbles");
        AtomicInteger tries = new AtomicInteger();
        server.beforePut(name -> {
            if (tries.incrementAndGet() < 4) throw new UncheckedIOException(new IOException("stumbled"));
        });

        bucket.put("x", bytes("x"));

        assertThat(tries).hasValue(4);
        assertThat(bucket.get("x")).isPresent();
    }

    @Test
    void a_server_that_never_answers_well_is_a_failure_that_may_pass() {
        server.beforePut(name -> {
            throw new UncheckedIOException(new IOException("down"));
        });

        assertThatThrownBy(() -> server.bucket("s3://lab/down").put("x", bytes("x")))
                .isInstanceOf(BucketFailure.class)
                .hasMessageStartingWith("s3://lab/down could not write x: it answered ")
                .hasMessageEndingWith("again and again. Try later.");
    }

    @Test
    void an_endpoint_where_nobody_listens_is_a_failure_that_may_pass() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        for (String endpoint : new String[] {"http://127.0.0.1:" + port, "http://no-such-host.invalid"})
            assertThatThrownBy(() -> BucketServer.bucket("s3://lab/x", server.environment("AWS_ENDPOINT_URL", endpoint))
                            .get("x"))
                    .isInstanceOf(BucketFailure.class)
                    .hasMessageContaining("s3://lab/x could not be reached at " + endpoint + "/lab in 6 attempts")
                    .hasMessageContaining("Check AWS_ENDPOINT_URL");
    }

    @Test
    void wrong_keys_are_the_users_to_mend() {
        for (Map<String, String> wrong : new Map[] {
            server.environment("AWS_SECRET_ACCESS_KEY", "wrong"), server.environment("AWS_ACCESS_KEY_ID", "nobody")
        })
            assertThatThrownBy(() -> BucketServer.bucket("s3://lab/x", wrong).get("x"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("s3://lab/x does not accept the key")
                    .hasMessageContaining("Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (on a cluster:")
                    .hasMessageNotContaining(wrong.get("AWS_ACCESS_KEY_ID"))
                    .hasMessageNotContaining(wrong.get("AWS_SECRET_ACCESS_KEY"));
    }

    @Test
    void a_bucket_that_is_not_there_is_the_users_to_make() {
        Bucket bucket = server.bucket("s3://labb/x");

        assertThatThrownBy(() -> bucket.get("x"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("There is no bucket \"labb\" at http://127.0.0.1:");
        assertThatThrownBy(() -> bucket.put("x", bytes("x"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> bucket.list("x")).isInstanceOf(InvalidInput.class);
    }
}
