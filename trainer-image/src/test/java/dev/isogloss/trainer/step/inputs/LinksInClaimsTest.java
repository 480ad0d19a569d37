package dev.isogloss.trainer.step.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.data.CorpusReader;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.DictionaryFile;
import dev.isogloss.trainer.data.TranslationReader;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.files.InputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Claims that others write to, with links in them.
class LinksInClaimsTest {
    @TempDir
    Path folder;

    private Path claim;
    private Path outside;

    @BeforeEach
    void aClaimAndWhatIsBesideIt() throws IOException {
        claim = Files.createDirectories(folder.resolve("claim"));
        outside = Files.createDirectories(folder.resolve("outside"));
        for (String name : List.of("en.tsv", "config.json", "model.safetensors", "tokenizer.json"))
            Files.writeString(outside.resolve(name), "KEY=hush\tgood\n");
    }

    private static Location location(String path) {
        return new Location(null, "c", path, null);
    }

    /// Every way to read a file or folder of a claim: each reads `{language}.tsv`, or the folder.
    private Stream<ThrowingCallable> readers(ClaimFolders claims, String file, String encoder) {
        Location location = location(file);
        return Stream.of(
                () -> new DataFiles(
                                new DatasetIdentity("d", "1", DataFormat.TabSeparated, null, Map.of(), null),
                                location,
                                claims)
                        .file("en", "train"),
                () -> new CorpusReader(claims).read(location, null, List.of("en")),
                () -> new CorpusReader(claims).read(location(file.replace("{language}", "*")), null, List.of("en")),
                () -> TranslationReader.read(location, List.of("en"), false, claims),
                () -> DictionaryFile.of(
                        new DictionaryIdentity("words", "1"), location(file.replace("{language}", "en")), claims),
                () -> EncoderFinder.local(new EncoderOrigin.Published("e", "1"), location(encoder), claims));
    }

    private void assertRefused(String file, String encoder) {
        assertThat(readers(ClaimFolders.confined(Map.of("c", claim)), file, encoder))
                .allSatisfy(reader -> assertThatThrownBy(reader)
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageContaining("leads out of the volume claim")
                        .hasMessageContaining("Copy the file into the claim.")
                        .hasMessageNotContaining("hush"));
    }

    private void assertRead(ClaimFolders claims, String file, String encoder) {
        assertThat(readers(claims, file, encoder))
                .allSatisfy(reader -> assertThatCode(reader).doesNotThrowAnyException());
    }

    @Test
    void a_link_that_leads_out_is_followed_on_ones_own_machine_and_never_in_a_pod() throws IOException {
        Files.createSymbolicLink(claim.resolve("en.tsv"), outside.resolve("en.tsv"));
        Files.createDirectories(claim.resolve("encoder"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json"))
            Files.createSymbolicLink(claim.resolve("encoder").resolve(name), outside.resolve(name));

        assertRead(ClaimFolders.withLinks(Map.of("c", claim)), "{language}.tsv", "encoder");
        assertRefused("{language}.tsv", "encoder");
    }

    @Test
    void so_is_a_linked_folder() throws IOException {
        Files.createSymbolicLink(claim.resolve("linked"), outside);

        assertRead(ClaimFolders.withLinks(Map.of("c", claim)), "linked/{language}.tsv", "linked");
        assertRefused("linked/{language}.tsv", "linked");
    }

    @Test
    void what_lies_outside_is_not_listed_either() throws IOException {
        Files.createSymbolicLink(claim.resolve("linked"), outside);

        assertThat(readers(ClaimFolders.confined(Map.of("c", claim)), "linked/no-{language}.tsv", "linked/no"))
                .allSatisfy(reader -> assertThatThrownBy(reader).hasMessageNotContaining("tokenizer.json,"));
    }

    @Test
    void a_folder_that_is_linked_into_itself_is_listed_once() throws IOException {
        Files.copy(outside.resolve("en.tsv"), claim.resolve("en.tsv"));
        Files.createSymbolicLink(claim.resolve("again"), claim);

        assertThat(new CorpusReader(ClaimFolders.withLinks(Map.of("c", claim)))
                        .read(location("**.tsv"), null, List.of("en"))
                        .files())
                .hasSize(1);
    }

    @Test
    void a_path_of_dots_leads_out_as_well() {
        ClaimFolders claims = ClaimFolders.confined(Map.of("c", claim));

        assertThat(readers(claims, "../outside/{language}.tsv", "../outside"))
                .allSatisfy(reader -> assertThatThrownBy(reader)
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageNotContaining("tokenizer.json,"));
    }

    @Test
    void links_inside_a_claim_are_followed_and_the_claim_may_be_one() throws IOException {
        Path blobs = Files.createDirectories(claim.resolve("blobs"));
        Files.createDirectories(claim.resolve("encoder"));
        for (String name : List.of("en.tsv", "config.json")) {
            Files.copy(outside.resolve(name), blobs.resolve(name));
            Files.createSymbolicLink(claim.resolve("encoder").resolve(name), Path.of("../blobs", name));
        }
        Path mounted = Files.createSymbolicLink(folder.resolve("mounted"), claim);

        assertRead(ClaimFolders.confined(Map.of("c", mounted)), "encoder/{language}.tsv", "encoder");
    }

    /// Others may write to the claim while a step starts.
    @Test
    void a_link_that_takes_the_place_of_a_file_that_was_looked_at_is_not_followed() throws IOException {
        Files.copy(outside.resolve("en.tsv"), claim.resolve("en.tsv"));
        Path folder = Files.createDirectories(claim.resolve("encoder"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json"))
            Files.copy(outside.resolve(name), folder.resolve(name));
        ClaimFolders claims = ClaimFolders.confined(Map.of("c", claim));
        DatasetIdentity dataset = new DatasetIdentity("d", "1", DataFormat.TabSeparated, null, Map.of(), null);
        InputFile file = new DataFiles(dataset, location("{language}.tsv"), claims).file("en", "train");
        InputFile dictionary = DictionaryFile.of(new DictionaryIdentity("words", "1"), location("en.tsv"), claims)
                .file();
        InputFolder encoder = EncoderFinder.local(new EncoderOrigin.Published("e", "1"), location("encoder"), claims);
        for (Path each : List.of(file.path(), folder.resolve("config.json"), folder.resolve("tokenizer.json"))) {
            Files.delete(each);
            Files.createSymbolicLink(each, outside.resolve(each.getFileName()));
        }

        assertThat(Stream.<ThrowingCallable>of(
                        () -> DatasetReader.read(dataset, file, "en", "train", TaskType.SequenceClassification),
                        dictionary::sha256,
                        () -> ModelFolder.check(encoder),
                        () -> ModelFolder.tokenizerJson(encoder)))
                .allSatisfy(reader -> assertThatThrownBy(reader)
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageContaining("leads out of the volume claim"));
    }
}
