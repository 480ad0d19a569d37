package dev.isogloss.trainer.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.Fixtures;
import dev.isogloss.trainer.encoder.HeadKind;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.encoder.Safetensors;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {

    private static final HubReference MODEL = HubReference.parse("hf://lab/encoder");

    @TempDir
    private Path temporary;

    private FakeHub server;
    private byte[] weights;

    @BeforeEach
    void publish() throws IOException {
        server = new FakeHub();
        Path folder = temporary.resolve("published");
        try (Scope _ = Scope.open();
                Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            ModelFolder.write(folder, encoder, HeadKind.None, Map.of(), List.of(), "{}");
        }
        weights = Files.readAllBytes(folder.resolve("model.safetensors"));
        server.publish("config.json", Files.readAllBytes(folder.resolve("config.json")));
        server.publish("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
        server.publishLarge("model.safetensors", weights);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_model_is_fetched_into_the_layout_of_pythons_cache() throws IOException {
        Hub.Fetched fetched = hub().fetch(MODEL);

        Path model = temporary.resolve("home/hub/models--lab--encoder");
        assertThat(fetched.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(fetched.folder()).isEqualTo(model.resolve("snapshots").resolve(FakeHub.COMMIT));
        assertThat(model.resolve("refs/main")).hasContent(FakeHub.COMMIT);
        Path link = fetched.folder().resolve("model.safetensors");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("../../blobs", FakeHub.sha256(weights)));
        assertThat(link).hasBinaryContent(weights);
        try (Scope _ = Scope.open();
                Encoder encoder = Encoder.load(fetched.folder())) {
            assertThat(encoder.config().hidden()).isEqualTo(32);
        }
    }

    @Test
    void a_second_time_nothing_is_downloaded() {
        hub().fetch(MODEL);
        int before = server.downloads();
        hub().fetch(MODEL);
        hub().fetch(HubReference.parse("hf://lab/encoder@" + FakeHub.COMMIT));

        assertThat(server.downloads()).isEqualTo(before);
    }

    @Test
    void two_steps_of_a_process_fetch_a_model_once() throws Exception {
        AtomicReference<Hub.@Nullable Fetched> also = new AtomicReference<>();
        Thread second = new Thread(() -> also.set(hub().fetch(MODEL)));
        Hub first = new Hub(settings(null, false), (_, _, _) -> {
            if (second.getState() == Thread.State.NEW) second.start();
            while (second.getState() != Thread.State.BLOCKED && second.isAlive()) Thread.onSpinWait();
        });

        Hub.Fetched fetched = first.fetch(MODEL);

        second.join();
        assertThat(also.get()).isEqualTo(fetched);
        assertThat(server.downloads()).isEqualTo(3);
    }

    @Test
    void a_model_that_was_renamed_is_found_under_its_old_name() {
        Hub.Fetched fetched = hub().fetch(HubReference.parse("hf://old-name"));

        assertThat(fetched.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(fetched.folder().resolve("model.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void a_cut_connection_is_resumed_where_it_broke() {
        server.cutAfter(weights.length / 3, 2);

        assertThat(hub().fetch(MODEL).folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(server.ranges()).contains("bytes=%d-".formatted(weights.length / 3));
    }

    @Test
    void a_line_that_falls_silent_is_given_up_and_resumed() {
        server.fallSilentAfter(weights.length / 3, 1);

        assertThat(hub().fetch(MODEL).folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(server.ranges()).contains("bytes=%d-".formatted(weights.length / 3));
    }

    @Test
    void a_download_that_failed_for_good_is_resumed_by_the_next_run() {
        server.cutAfter(1000, 5);
        assertThatThrownBy(() -> hub().fetch(MODEL))
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("could not be fetched after 5 attempts");
        server.cutAfter(0, 0);

        assertThat(hub().fetch(MODEL).folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(server.ranges()).last().isEqualTo("bytes=5000-");
    }

    @Test
    void a_damaged_file_is_refused_and_not_kept() {
        byte[] damaged = weights.clone();
        damaged[weights.length - 1] ^= 1;
        server.deliver("model.safetensors", damaged);

        assertThatThrownBy(() -> hub().fetch(MODEL))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("arrived damaged: its SHA-256 is " + FakeHub.sha256(damaged));
        server.deliver("model.safetensors", weights);
        assertThat(hub().fetch(MODEL).folder().resolve("model.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void a_private_model_needs_a_token_which_no_other_host_sees() {
        server.requireToken("secret");

        assertThatThrownBy(() -> hub().fetch(MODEL))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("status 401")
                .hasMessageContaining("set HF_TOKEN");
        assertThat(hub("secret", false).fetch(MODEL).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(server.tokensSeenByTheFileStore()).isEmpty();
    }

    @Test
    void an_unknown_model_is_an_error_of_the_user() {
        assertThatThrownBy(() -> hub().fetch(HubReference.parse("hf://lab/other@v2")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hf://lab/other@v2 has no config.json");
    }

    @Test
    void an_adapter_says_what_to_merge() {
        server.withdraw("config.json");
        server.publish("adapter_config.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> hub().fetch(MODEL))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll("is an adapter", "merge_and_unload");
    }

    @Test
    void a_model_of_pickles_is_refused_before_anything_large_arrives() {
        server.withdraw("model.safetensors");

        assertThatThrownBy(() -> hub().fetch(MODEL))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no safetensors");
    }

    @Test
    void shards_are_fetched_by_their_index() throws IOException {
        server.withdraw("model.safetensors");
        try (Scope _ = Scope.open()) {
            for (String name : List.of("model-1.safetensors", "model-2.safetensors")) {
                Path file = temporary.resolve(name);
                Safetensors.write(file, Map.of(name, Tensor.ones(2)), Map.of());
                server.publishLarge(name, Files.readAllBytes(file));
            }
        }
        server.publish("model.safetensors.index.json", """
                {"weight_map": {"model-1.safetensors": "model-1.safetensors",
                                "model-2.safetensors": "model-2.safetensors"}}""".getBytes(StandardCharsets.UTF_8));

        assertThat(Safetensors.open(hub().fetch(MODEL).folder()).names())
                .containsExactlyInAnyOrder("model-1.safetensors", "model-2.safetensors");
    }

    @Test
    void offline_the_cache_has_to_do() {
        assertThatThrownBy(() -> hub(null, true).fetch(MODEL))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("HF_HUB_OFFLINE forbids fetching it");
        Hub.Fetched fetched = hub().fetch(MODEL);
        int before = server.requests();

        assertThat(hub(null, true).fetch(MODEL)).isEqualTo(fetched);
        assertThat(server.requests()).isEqualTo(before);
    }

    @Test
    void without_a_network_the_cache_does() {
        Hub.Fetched fetched = hub().fetch(MODEL);
        server.close();

        assertThat(hub().fetch(MODEL)).isEqualTo(fetched);
    }

    @Test
    void an_overloaded_hub_is_asked_again() {
        server.failFirst(2);

        assertThat(hub().fetch(MODEL).commit()).isEqualTo(FakeHub.COMMIT);
    }

    @Test
    void progress_ends_at_the_size_of_the_file() {
        long[] last = new long[2];
        new Hub(settings(null, false), (file, bytes, of) -> {
                    if (file.equals("model.safetensors")) {
                        last[0] = bytes;
                        last[1] = of;
                    }
                })
                .fetch(MODEL);

        assertThat(last).containsExactly(weights.length, weights.length);
    }

    @Test
    void references_have_one_form() {
        assertThat(HubReference.parse("hf://bert-base-multilingual-cased"))
                .isEqualTo(new HubReference("bert-base-multilingual-cased", "main"));
        assertThat(HubReference.parse("hf://a/b@refs/pr/1").revision()).isEqualTo("refs/pr/1");
        for (String wrong : List.of("hf://", "hf://a/b/c", "hf://../x", "hf://a/b@../x", "a/b")) {
            assertThatThrownBy(() -> HubReference.parse(wrong))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("names no model on a hub");
        }
    }

    @Test
    void the_variables_of_huggingface_hub_are_understood() {
        HubSettings settings = HubSettings.of(Map.of("HOME", "/h", "HF_HUB_OFFLINE", "true", "HF_TOKEN", " t\n"));
        assertThat(settings.cache()).isEqualTo(Path.of("/h/.cache/huggingface/hub"));
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.offline()).isTrue();
        assertThat(settings.token()).isEqualTo("t");
        assertThat(HubSettings.of(Map.of("HF_HUB_CACHE", "/c", "HF_HOME", "/x")).cache())
                .isEqualTo(Path.of("/c"));
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "nowhere")))
                .isInstanceOf(InvalidInput.class);
    }

    private Hub hub() {
        return hub(null, false);
    }

    private Hub hub(@Nullable String token, boolean offline) {
        return new Hub(settings(token, offline), (_, _, _) -> {});
    }

    private HubSettings settings(@Nullable String token, boolean offline) {
        return new HubSettings(
                server.address(), temporary.resolve("home/hub"), token, offline, Duration.ZERO, Duration.ofSeconds(2));
    }
}
