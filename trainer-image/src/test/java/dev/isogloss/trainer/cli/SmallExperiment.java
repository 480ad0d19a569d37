package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.HeadKind;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.executor.StepRunners;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An experiment of real steps on the real command line, sound and small (a second), to be spoilt and mended.
final class SmallExperiment {
    private static final String MANIFEST = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: small}
            spec:
              task: {type: SequenceClassification}
              data:
                name: fruit
                format: JsonLines
                location: {claim: datasets, path: "{language}/{split}.jsonl"}
              encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}
              source: en
              targets: [de]
              seeds: [1]
              stages:
                - fineTune: {epochs: 2, batchSize: 4, learningRate: 1e-3}
              evaluate: {splits: [test]}
            """;
    private static final List<String> TEXTS = List.of(
            "the apple is sweet",
            "the lemon is sour",
            "der apfel ist suess",
            "die zitrone ist sauer",
            "la pomme rouge");

    private final Path folder;
    private final CommandLineRig rig;
    private String manifest = MANIFEST;

    SmallExperiment(Path folder) throws IOException {
        this.folder = folder;
        this.rig = new CommandLineRig(folder).with(new StepRunners(Device.CPU));
        manifest(MANIFEST);
        for (String split : List.of("train", "dev", "test")) {
            write(
                    "data/en/" + split + ".jsonl",
                    line("the apple is sweet " + split, "good") + line("sour " + split, "bad"));
            write("data/de/" + split + ".jsonl", line("suess " + split, "good") + line("die zitrone " + split, "bad"));
        }
        writeEncoder(encoder());
    }

    static String line(String text, String label) {
        return "{\"text\": \"%s\", \"label\": \"%s\"}\n".formatted(text, label);
    }

    Path encoder() {
        return folder.resolve("encoders/tiny");
    }

    Path store() {
        return folder.resolve(".isogloss");
    }

    /// A new encoder, always the same: small, and with a tokenizer that knows little more than these texts.
    static void writeEncoder(Path folder) throws IOException {
        Engine.start(1, Device.ofThisProcess(), true);
        String tokenizer = WordPieceTrainer.train(TEXTS, 90, true, _ -> {});
        EncoderConfig tiny = EncoderConfig.tiny(EncoderFamily.BERT, 90, 0);
        EncoderConfig config = new EncoderConfig(
                EncoderFamily.BERT,
                90,
                16,
                1,
                2,
                32,
                64,
                2,
                tiny.layerNormEpsilon(),
                0,
                tiny.dropout(),
                tiny.attentionDropout());
        try (Encoder encoder = Encoder.fresh(config, RandomStream.of(1, "encoder"))) {
            ModelFolder.write(folder, encoder, HeadKind.MaskedLanguageModel, Map.of(), List.of(), tokenizer);
        }
    }

    SmallExperiment manifest(String text) throws IOException {
        manifest = text;
        Files.writeString(rig.manifest(), text);
        return this;
    }

    /// Changes one piece of the manifest.
    SmallExperiment with(String before, String after) throws IOException {
        assertThat(manifest).contains(before);
        return manifest(manifest.replace(before, after));
    }

    SmallExperiment write(String name, String content) {
        return write(name, content, StandardCharsets.UTF_8);
    }

    SmallExperiment write(String name, String content, Charset charset) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content.getBytes(charset));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SmallExperiment delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return this;
    }

    Output run(String... options) {
        return rig.run(Stream.concat(
                        Stream.of("run", "m.yaml", rig.claim(), "--claim=encoders=" + folder.resolve("encoders")),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    /// With these variables instead of none.
    SmallExperiment with(Map<String, String> environment) {
        rig.with(environment);
        return this;
    }

    /// Any other command in the same folder.
    Output command(String... words) {
        return rig.run(Stream.concat(
                        Stream.of(words),
                        words[0].equals("run")
                                ? Stream.of(rig.claim(), "--claim=encoders=" + folder.resolve("encoders"))
                                : Stream.of())
                .toArray(String[]::new));
    }

    /// Runs it, which fails as the user's mistake: code 2, one paragraph without a stack trace that holds all of
    /// `words`, and a store without anything half-written. Words like `--option=value` are options of the command.
    String refused(String... words) {
        List<String> options = Stream.of(words)
                .filter(word -> word.startsWith("--") && word.contains("="))
                .toList();
        Output output =
                run(Stream.concat(Stream.of("--quiet"), options.stream()).toArray(String[]::new));
        assertThat(output.code()).as(output.err()).isEqualTo(2);
        assertThat(output.err())
                .startsWith("isogloss: ")
                .doesNotContain("\tat ")
                .doesNotContain("Exception");
        assertThat(List.of(words))
                .filteredOn(word -> !options.contains(word))
                .allSatisfy(word -> assertThat(output.err()).contains(word));
        assertThat(output.err().lines().filter(line -> line.startsWith("isogloss: failed:")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(halfWritten()).isEmpty();
        return output.err();
    }

    /// Runs it, which succeeds; gives the notes.
    String runs() {
        Output output = run();
        assertThat(output.code()).as(output.err()).isEqualTo(0);
        assertThat(output.err()).contains(": done in"); // no step that failed counts as done
        assertThat(halfWritten()).isEmpty();
        return output.err();
    }

    private List<Path> halfWritten() {
        return Files.isDirectory(store()) ? halfWritten(store()) : List.of();
    }

    /// What writers leave when they die.
    static List<Path> halfWritten(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\.writing-.*|.*\\.part"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
