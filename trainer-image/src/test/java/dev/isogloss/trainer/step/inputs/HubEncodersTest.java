package dev.isogloss.trainer.step.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.HeadKind;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.hub.FakeHub;
import dev.isogloss.trainer.hub.HubFailure;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.ItemCache;
import dev.isogloss.trainer.step.ModelCache;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.SeenNotes;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StopSignal;
import dev.isogloss.trainer.step.TrainingMetrics;
import dev.isogloss.trainer.store.RememberedDigests;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encoders of a hub: looked at before the first step, fetched by the first that starts from one, kept for the others.
class HubEncodersTest {
    private static final EncoderOrigin.Published ENCODER = new EncoderOrigin.Published("lab/encoder", "main");
    private static final Input INPUT = new Input.PublishedEncoder(ENCODER);

    @TempDir
    Path folder;

    private FakeHub hub;
    private Path published;

    @BeforeEach
    void publish() throws IOException {
        hub = new FakeHub();
        published = folder.resolve("published");
        String tokenizer = WordPieceTrainer.train(List.of("the cat reads", "die Katze liest"), 60, true, _ -> {});
        EncoderConfig config = EncoderConfig.tiny(EncoderFamily.BERT, 60, 0);
        try (Scope _ = Scope.open();
                Encoder encoder = Encoder.fresh(config, RandomStream.of(1, "encoder"))) {
            ModelFolder.write(published, encoder, HeadKind.None, Map.of(), List.of(), tokenizer);
        }
        hub.publish("config.json", bytes("config.json"));
        hub.publish("tokenizer.json", bytes("tokenizer.json"));
        hub.publishLarge("model.safetensors", bytes("model.safetensors"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(published.resolve(name));
    }

    private static Locations at(String uri) {
        return new Locations(
                Map.of(INPUT.locationName().orElseThrow(), new Location(uri, null, null, null)), List.of());
    }

    private static final Locations MAIN = at("hf://lab/encoder");

    private HubSettings settings(String machine) {
        return new HubSettings(
                hub.address(), folder.resolve(machine), null, false, Duration.ZERO, Duration.ofSeconds(2));
    }

    /// An hour later, when nobody was writing to the files any more.
    private Store store() {
        Path store = folder.resolve("store");
        return Store.open(store, RememberedDigests.in(store, () -> Instant.now().plus(Duration.ofHours(1))));
    }

    /// A step in a process of its own, on a machine whose cache holds nothing yet.
    private StepInputs on(String machine, Locations locations) {
        StepSpec spec = StepFixtures.training(null, machine.hashCode());
        Store store = store();
        StepContext context = new StepContext(
                store,
                store.begin(StepKeys.of(spec), spec),
                locations,
                ClaimFolders.confined(Map.of()),
                StopSignal.NEVER,
                Progress.NONE,
                RunOptions.DEFAULT,
                settings(machine));
        return new StepInputs(
                new PlannedStep(StepKeys.of(spec), spec, "a", "a step", 1L),
                context,
                new ModelCache(),
                new ItemCache(),
                new SeenNotes(),
                TrainingMetrics.on(0));
    }

    private void check(String machine) {
        new Preflight(InputLocations.of(MAIN), ClaimFolders.withLinks(Map.of()), store(), settings(machine))
                .check(INPUT);
    }

    @Test
    void a_second_machine_takes_the_copy_of_the_store_and_asks_the_hub_nothing() throws IOException {
        InputFolder first = EncoderFinder.of(ENCODER, on("first", MAIN));
        int requests = hub.requests();
        InputFolder second = EncoderFinder.of(ENCODER, on("second", MAIN));

        assertThat(hub.requests()).isEqualTo(requests);
        assertThat(folder.resolve("second")).doesNotExist();
        assertThat(second).isEqualTo(first);
        for (String name : List.of("config.json", "tokenizer.json", "model.safetensors"))
            assertThat(second.path().resolve(name)).hasBinaryContent(bytes(name));
        ModelFolder.check(second);
    }

    @Test
    void the_digest_of_weights_is_remembered_and_those_that_were_overwritten_are_still_found_out() throws IOException {
        Path weights = EncoderFinder.of(ENCODER, on("first", MAIN)).path().resolve("model.safetensors");
        EncoderFinder.of(ENCODER, on("second", MAIN));
        assertThat(folder.resolve("store/digests")).isNotEmptyDirectory();

        byte[] other = bytes("model.safetensors");
        other[other.length - 1] ^= 1;
        Files.write(weights, other);

        assertThatThrownBy(() -> EncoderFinder.of(ENCODER, on("third", MAIN)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("model.safetensors is not what it was when the store was given it");
    }

    @Test
    void a_branch_that_moves_on_does_not_change_what_a_store_has_used() throws IOException {
        EncoderFinder.of(ENCODER, on("first", MAIN)).path();
        hub.publish("config.json", "{\"model_type\": \"other\"}".getBytes(StandardCharsets.UTF_8));

        InputFolder second = EncoderFinder.of(ENCODER, on("second", MAIN));

        assertThat(second.path().resolve("config.json")).hasBinaryContent(bytes("config.json"));
    }

    @Test
    void another_address_under_the_same_name_and_version_is_refused_as_before() throws IOException {
        StepInputs first = on("first", MAIN);
        EncoderFinder.of(ENCODER, first);
        first.prove();
        hub.publish(
                "tokenizer.json",
                (new String(bytes("tokenizer.json"), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> EncoderFinder.of(ENCODER, on("second", at("hf://lab/encoder@" + FakeHub.COMMIT))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("tokenizer.json of the encoder lab/encoder, version main, has changed");
    }

    @Test
    void a_copy_that_was_changed_is_not_used() throws IOException {
        Path copy = EncoderFinder.of(ENCODER, on("first", MAIN)).path();
        Files.delete(copy.resolve("tokenizer.json"));
        Files.writeString(copy.resolve("tokenizer.json"), "{}");

        assertThatThrownBy(() -> EncoderFinder.of(ENCODER, on("second", MAIN)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "%s is not what it was when the store was given it. Remove the folder %s, and the encoder is fetched again."
                                .formatted(copy.resolve("tokenizer.json"), copy));
    }

    @Test
    void before_the_first_step_small_files_are_looked_at_and_weights_stay_where_they_are() {
        check("first");

        assertThat(hub.downloads()).isEqualTo(2);
        int requests = hub.requests();
        EncoderFinder.of(ENCODER, on("first", MAIN));
        assertThat(hub.downloads()).isEqualTo(3);
        check("second");
        assertThat(folder.resolve("second")).doesNotExist();
        assertThat(hub.requests()).isGreaterThan(requests);
    }

    @Test
    void a_hub_that_cannot_be_reached_keeps_no_run_from_its_other_steps() {
        hub.close();

        assertThatCode(() -> check("first")).doesNotThrowAnyException();
        assertThatThrownBy(() -> EncoderFinder.of(ENCODER, on("first", MAIN))).isInstanceOf(HubFailure.class);
    }

    @Test
    void a_pickle_is_told_before_the_first_step() {
        hub.withdraw("model.safetensors");

        assertThatThrownBy(() -> check("first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("hf://lab/encoder@main has no safetensors.");
    }

    @Test
    void so_are_shards_that_are_not_there() {
        hub.withdraw("model.safetensors");
        hub.publish(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"one.safetensors\"}}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> check("first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("hf://lab/encoder@main lists the file one.safetensors, which the hub does not have.");
    }

    @Test
    void so_is_a_tokenizer_that_is_missing_or_cannot_tokenise() throws IOException {
        hub.publish("tokenizer.json", "{\"model\": {}}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> check("first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("tokenizer.json");

        hub.withdraw("tokenizer.json");
        assertThatThrownBy(() -> check("second"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("hf://lab/encoder@main has no tokenizer.json")
                .hasMessageContaining("m = 'lab/encoder'");
    }

    @Test
    void so_is_a_config_of_a_family_that_is_not_computed_and_a_step_on_a_cluster_sees_it_before_the_weights() {
        hub.publish("config.json", "{\"model_type\": \"gpt2\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> check("first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is of model_type gpt2");
        assertThatThrownBy(() -> EncoderFinder.of(ENCODER, on("second", MAIN)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is of model_type gpt2");
        assertThat(folder.resolve("second/models--lab--encoder/snapshots/" + FakeHub.COMMIT + "/model.safetensors"))
                .doesNotExist();
        assertThat(store().encoders()).isEmpty();
    }

    @Test
    void a_tokenizer_of_another_encoder_is_told_before_the_first_step() throws IOException {
        hub.publish(
                "config.json",
                new String(bytes("config.json"), StandardCharsets.UTF_8)
                        .replaceFirst("\"vocab_size\" : \\d+", "\"vocab_size\" : 9")
                        .getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> check("first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the files belong to different encoders");
    }

    @Test
    void a_file_that_claims_to_be_small_and_is_not_is_not_fetched() {
        hub.publish("tokenizer.json", new byte[(64 << 20) + 1]);

        assertThatThrownBy(() -> check("first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("says that its tokenizer.json has 67,108,865 bytes");
        assertThat(hub.downloads()).isEqualTo(1);
    }
}
