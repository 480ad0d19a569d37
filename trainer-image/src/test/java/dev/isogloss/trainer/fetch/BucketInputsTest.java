package dev.isogloss.trainer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BucketInputsTest {

    @RegisterExtension
    private static final BucketServer server = new BucketServer();

    private final String address = "s3://lab/" + UUID.randomUUID();
    private final Bucket bucket = server.bucket(address);
    private final List<String> notes = new ArrayList<>();

    @TempDir
    Path scratch;

    private void put(String... names) {
        for (String name : names) bucket.put(name, name.getBytes(UTF_8));
    }

    private static final Input DATA = new Input.LabelledData(
            new DatasetIdentity("toy", "1", DataFormat.JsonLines, null, Map.of(), null),
            TaskType.SequenceClassification,
            List.of("de"),
            List.of("test"));
    private static final Input ENCODER = new Input.PublishedEncoder(new EncoderOrigin.Published("m", "1"));
    private static final Input DICTIONARY = new Input.Dictionary(new DictionaryIdentity("synonyms", "1"));

    private Location local(Input input, String path, LanguageFiles... languages) {
        String name = input.locationName().orElseThrow();
        Location location = new Location(address + "/" + path, null, null, null);
        Locations local = new BucketInputs(server.environment(), scratch, notes::add)
                .local(List.of(input), new Locations(Map.of(name, location), List.of(languages)));
        return Objects.requireNonNull(local.inputs().get(name));
    }

    private Location data(String path, LanguageFiles... languages) {
        return local(DATA, path, languages);
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.toString().replaceFirst(".*/[0-9a-f-]{36}/", ""))
                    .filter(name -> !name.endsWith("lab.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_files_that_a_pattern_means_are_fetched_and_no_others() throws Exception {
        put("d/de/test.jsonl", "d/fr/test.jsonl.gz", "d/de/notes.txt", "other/de/test.jsonl");

        Location at = data("d/{language}/{split}.jsonl");

        assertThat(copies()).containsExactly("d/de/test.jsonl", "d/fr/test.jsonl.gz");
        assertThat(at.uri()).startsWith(scratch.toString()).endsWith("/d/{language}/{split}.jsonl");
        assertThat(notes).singleElement().asString().startsWith("The dataset: 2 files of " + address);
    }

    @Test
    void languages_with_files_of_their_own_get_them() throws Exception {
        put("d/de/test.jsonl", "d/special/fr.jsonl", "d/special/xx.jsonl");

        data("d/{language}/{split}.jsonl", language("fr", "special/fr.jsonl"));
        assertThat(copies()).contains("d/de/test.jsonl", "d/special/fr.jsonl");

        put("e/one/a", "e/two/b");
        assertThat(data("e", language("de", "one/a"), language("fr", "two/b")).uri())
                .endsWith("/e");
        assertThat(copies()).contains("e/one/a", "e/two/b");
    }

    private static LanguageFiles language(String language, @Nullable String path) {
        return new LanguageFiles(language, path, null);
    }

    @Test
    void what_changed_is_fetched_again_what_went_goes_and_the_rest_stays() throws Exception {
        put("c/a.txt", "c/b.txt", "c/c.txt");
        data("c/*.txt");
        List<String> asked = new ArrayList<>();
        server.afterGet(asked::add);
        bucket.put("c/b.txt", "changed".getBytes(UTF_8));
        bucket.delete("c/c.txt");

        Location at = data("c/*.txt");

        assertThat(copies()).containsExactly("c/a.txt", "c/b.txt");
        assertThat(asked).singleElement().asString().endsWith("c/b.txt");
        assertThat(Path.of(at.uri()).resolveSibling("b.txt")).hasContent("changed");
    }

    @Test
    void of_an_encoder_only_what_is_read_is_fetched() throws Exception {
        put("m/config.json", "m/tokenizer.json", "m/model.safetensors", "m/pytorch_model.bin", "m/onnx/config.json");

        Location at = local(ENCODER, "m/");

        assertThat(copies()).containsExactly("m/config.json", "m/model.safetensors", "m/tokenizer.json");
        assertThat(at.uri()).endsWith("/m");
    }

    @Test
    void a_dictionary_is_one_file() throws Exception {
        put("words/synonyms.json", "words/synonyms.json.old");

        Location at = local(DICTIONARY, "words/synonyms.json");

        assertThat(copies()).containsExactly("words/synonyms.json");
        assertThat(at.uri()).endsWith("/words/synonyms.json");
    }

    @Test
    void what_nothing_reads_is_not_fetched() throws Exception {
        put("d/de/test.jsonl", "m/config.json");
        Locations given = new Locations(
                Map.of(
                        "data", new Location(address + "/d/{language}/{split}.jsonl", null, null, null),
                        "encoder/m", new Location(address + "/m", null, null, null)),
                List.of());

        new BucketInputs(server.environment(), scratch, notes::add).local(List.of(ENCODER), given);

        assertThat(copies()).containsExactly("m/config.json");
    }

    @Test
    void an_address_where_nothing_lies_is_told() {
        assertThatThrownBy(() -> data("none/{language}.jsonl"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The dataset is said to lie at " + address
                        + "/none/{language}.jsonl, but nothing does. Correct the uri, or put the files there.");
    }

    @Test
    void other_locations_stay_what_they_are_and_need_no_keys() {
        Locations given = new Locations(
                Map.of(
                        "data", new Location(null, "datasets", "x", null),
                        "dictionary", new Location("file:///x", null, null, null),
                        "encoder/m", new Location("hf://org/name", null, null, null)),
                List.of());

        assertThat(new BucketInputs(Map.of(), scratch, notes::add).local(List.of(DATA, DICTIONARY, ENCODER), given))
                .isEqualTo(given);
    }
}
