package dev.isogloss.trainer.encoder;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder of `config.json`, `model.safetensors` and `tokenizer.json` that Python's transformers opens unchanged,
/// and that it may have written.
///
/// @param encoder owned by the caller
/// @param head on the encoder
/// @param labels names of the head's classes, by number; empty if it has none
/// @param headWeights the head's weights by Hugging Face's names, in the scope that was innermost when they were read
/// @param notes sentences about weights that were missing or are not used
public record ModelFolder(
        Encoder encoder, HeadKind head, List<String> labels, Map<String, Tensor> headWeights, List<String> notes) {

    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";

    // ---- writing

    /// @param headWeights by Hugging Face's names: `classifier.weight`, `classifier.bias`; for the sequence
    ///     classification of RoBERTa families `classifier.dense.*` and `classifier.out_proj.*`; none for the others
    /// @param labels by number; none without a classifier
    /// @throws UncheckedIOException if the folder cannot be written
    public static void write(
            Path folder,
            Encoder encoder,
            HeadKind head,
            Map<String, Tensor> headWeights,
            List<String> labels,
            String tokenizerJson) {
        try {
            Files.createDirectories(folder);
            new ConfigFile(encoder.config(), head, labels).write(folder);
            Files.writeString(folder.resolve(TOKENIZER), tokenizerJson);
            TokenizerConfig.write(folder, tokenizerJson, encoder.config().longestInput());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Scope _ = Scope.open()) {
            Map<String, Tensor> all = new LinkedHashMap<>();
            encoder.completeWeights().forEach((name, tensor) -> {
                if (keeps(encoder.config().family(), head, name)) {
                    all.put(
                            (head == HeadKind.None
                                            ? ""
                                            : encoder.config().family().prefix())
                                    + name,
                            tensor);
                }
            });
            if (head == HeadKind.MaskedLanguageModel) {
                encoder.mlmHead()
                        .names()
                        .forEach(name -> all.put(name, encoder.mlmHead().get(name)));
            }
            all.putAll(headWeights);
            SafetensorsWriter.write(folder.resolve(WEIGHTS), all, Map.of("format", "pt"));
        }
    }

    /// Python's RoBERTa classes have no pooler under a head; BERT's is kept for trainings that continue from here.
    private static boolean keeps(EncoderFamily family, HeadKind head, String name) {
        return !name.startsWith("pooler.") || family == EncoderFamily.BERT || head == HeadKind.None;
    }

    // ---- reading

    /// @throws InvalidInput if the folder holds no encoder we know, or a damaged one
    public static ModelFolder read(Path folder) {
        ConfigFile config = ConfigFile.read(folder);
        Safetensors file = Safetensors.open(folder);
        return new Loading(folder, config, file, prefix(folder, file)).load();
    }

    /// Looks at a folder, and reads no weights.
    ///
    /// @throws InvalidInput if the folder holds no encoder we know, or weights that do not open
    public static EncoderConfig check(Path folder) {
        ConfigFile config = ConfigFile.read(folder);
        prefix(folder, Safetensors.open(folder));
        return config.encoder();
    }

    /// `tokenizer.json` of a folder.
    ///
    /// @throws InvalidInput if there is none
    public static String tokenizerJson(Path folder) {
        Path file = folder.resolve(TOKENIZER);
        if (!Files.exists(file)) {
            throw new InvalidInput(("%s has no tokenizer.json. Where only a vocabulary file is published, make one with"
                            + " python -c \"from transformers import AutoTokenizer;"
                            + " AutoTokenizer.from_pretrained('%s').save_pretrained('%s')\".")
                    .formatted(folder, folder, folder));
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInput("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /// The prefix of the encoder's names in this file: "bert.", "roberta.", nothing, or anything else.
    private static String prefix(Path folder, Safetensors file) {
        List<String> tables = file.names().stream()
                .filter(name -> name.endsWith(Weights.WORDS))
                .toList();
        if (tables.size() != 1) {
            throw new InvalidInput("%s holds %s weights called ...%s; an encoder has one."
                    .formatted(folder, tables.isEmpty() ? "no" : tables.size(), Weights.WORDS));
        }
        return tables.getFirst().substring(0, tables.getFirst().length() - Weights.WORDS.length());
    }

    private record Loading(
            Path folder, ConfigFile config, Safetensors file, String prefix, Set<String> used, List<String> notes) {

        Loading(Path folder, ConfigFile config, Safetensors file, String prefix) {
            this(folder, config, file, prefix, new HashSet<>(), new ArrayList<>());
        }

        ModelFolder load() {
            EncoderConfig shape = config.encoder();
            Parameters parameters = new Parameters();
            Parameters mlmHead = new Parameters();
            Weights.shapes(shape).forEach((name, sizes) -> {
                if (name.startsWith("pooler.") && original(prefix + name) == null) {
                    initialisePooler(parameters, name, sizes);
                } else {
                    put(parameters, name, prefix + name, sizes);
                }
            });
            Map<String, long[]> heads = Weights.mlmHeadShapes(shape);
            if (heads.keySet().stream().allMatch(name -> original(name) != null)) {
                heads.forEach((name, sizes) -> put(mlmHead, name, name, sizes));
            }
            Map<String, Tensor> head = new LinkedHashMap<>();
            for (String name : file.names()) {
                if (name.startsWith("classifier.")) {
                    head.put(name, file.tensor(name));
                    used.add(name);
                }
            }
            noteWhatIsLeft();
            Encoder encoder = new Encoder(shape, parameters, mlmHead);
            return new ModelFolder(encoder, config.head(), config.labels(), head, List.copyOf(notes));
        }

        private void initialisePooler(Parameters parameters, String name, long[] sizes) {
            if (sizes.length > 1) {
                notes.add("%s has no pooler; one with random weights took its place.".formatted(folder));
            }
            Weights.initialise(parameters, Map.of(name, sizes), config.encoder(), RandomStream.of(0, "missing pooler"));
        }

        private void put(Parameters into, String name, String nameInFile, long[] sizes) {
            String original = original(nameInFile);
            if (original == null) {
                throw new InvalidInput("%s says there should be a weight %s, but the file has none of that name."
                        .formatted(folder.resolve(ConfigFile.NAME), nameInFile));
            }
            if (!Arrays.equals(sizes, file.shape(original))) {
                throw new InvalidInput(("The weight %s in %s has the shape %s; by config.json it should be %s. One of"
                                + " the two files belongs to another encoder.")
                        .formatted(original, folder, Arrays.toString(file.shape(original)), Arrays.toString(sizes)));
            }
            used.add(original);
            try (Scope _ = Scope.open()) {
                into.put(name, file.tensor(original));
            }
        }

        /// The name in the file, where a norm's weight and bias may still have the names of the first release.
        private @Nullable String original(String name) {
            if (file.names().contains(name)) {
                return name;
            }
            String old =
                    name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
            return file.names().contains(old) ? old : null;
        }

        /// Tied copies and stored position numbers say nothing new; anything else is worth a sentence.
        private void noteWhatIsLeft() {
            List<String> left = file.names().stream()
                    .filter(name -> !used.contains(name))
                    .filter(name -> !name.endsWith("position_ids") && !name.contains("decoder."))
                    .toList();
            if (!left.isEmpty()) {
                notes.add("%s holds weights that are not used: %s.".formatted(folder, Excerpt.joined(left)));
            }
        }
    }
}
