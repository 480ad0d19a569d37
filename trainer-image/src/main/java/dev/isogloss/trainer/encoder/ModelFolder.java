package dev.isogloss.trainer.encoder;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.files.WholeText;
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

    /// Four times the longest one that is known: vocabularies of 250,000 pieces take 17 million bytes.
    private static final int LONGEST_TOKENIZER = 64 << 20;

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
    public static ModelFolder read(InputFolder folder) {
        return Loading.of(folder).load(true);
    }

    /// The same without the head's weights: whatever stands on the encoder, it is not looked at.
    public static ModelFolder readEncoder(InputFolder folder) {
        return Loading.of(folder).load(false);
    }

    /// Looks whether the folder holds an encoder, with weights of the right names and shapes, and reads none of them.
    ///
    /// @throws InvalidInput as [#read] does
    public static EncoderConfig check(InputFolder folder) {
        return Loading.of(folder).check();
    }

    /// What `config.json` of a folder says, whether weights lie beside it or not.
    ///
    /// @throws InvalidInput if it says nothing of an encoder that we know
    public static EncoderConfig config(InputFolder folder) {
        return ConfigFile.read(folder).encoder();
    }

    /// Whether the folder's weights include a head for masked words. Numbers are not read.
    ///
    /// @throws InvalidInput as [#check] does
    public static boolean hasWordHead(InputFolder folder) {
        return Loading.of(folder).hasWordHead();
    }

    /// `tokenizer.json` of a folder.
    ///
    /// @throws InvalidInput if there is none
    public static String tokenizerJson(InputFolder folder) {
        if (!folder.has(TOKENIZER)) {
            throw new InvalidInput(("%s has no tokenizer.json. Where only a vocabulary file is published, make one with"
                            + " python -c \"from transformers import AutoTokenizer;"
                            + " AutoTokenizer.from_pretrained('%s').save_pretrained('%s')\".")
                    .formatted(folder, folder, folder));
        }
        return WholeText.of(folder.file(TOKENIZER), LONGEST_TOKENIZER);
    }

    private record Loading(
            InputFolder folder,
            ConfigFile config,
            Safetensors file,
            WeightNames names,
            Set<String> used,
            List<String> notes) {

        static Loading of(InputFolder folder) {
            ConfigFile config = ConfigFile.read(folder);
            Safetensors file = Safetensors.open(folder);
            WeightNames names = WeightNames.of(folder.path(), file, config.encoder());
            return new Loading(folder, config, file, names, new HashSet<>(), new ArrayList<>());
        }

        EncoderConfig check() {
            Weights.shapes(config.encoder()).forEach((name, sizes) -> {
                if (!isMissingPooler(name)) located(names.expected(name), names.encoder(name), sizes);
            });
            return config.encoder();
        }

        ModelFolder load(boolean withHead) {
            EncoderConfig shape = config.encoder();
            Parameters parameters = new Parameters();
            Parameters mlmHead = new Parameters();
            Weights.shapes(shape).forEach((name, sizes) -> {
                if (isMissingPooler(name)) {
                    initialisePooler(parameters, name, sizes);
                } else {
                    put(parameters, name, located(names.expected(name), names.encoder(name), sizes));
                }
            });
            if (hasWordHead()) {
                Weights.mlmHeadShapes(shape)
                        .forEach((name, sizes) -> put(mlmHead, name, located(name, names.head(name), sizes)));
            }
            Map<String, Tensor> head = new LinkedHashMap<>();
            names.startingWith("classifier.").forEach((name, original) -> {
                if (withHead) head.put(name, file.tensor(original));
                used.add(original);
            });
            noteWhatIsShared();
            noteWhatIsLeft();
            Encoder encoder = new Encoder(shape, parameters, mlmHead);
            return new ModelFolder(encoder, config.head(), config.labels(), head, List.copyOf(notes));
        }

        boolean hasWordHead() {
            return Weights.mlmHeadShapes(config.encoder()).keySet().stream().allMatch(name -> names.head(name) != null);
        }

        private boolean isMissingPooler(String name) {
            return name.startsWith("pooler.") && names.encoder(name) == null;
        }

        private void initialisePooler(Parameters parameters, String name, long[] sizes) {
            if (sizes.length > 1) {
                notes.add("%s has no pooler; one with random weights took its place.".formatted(folder));
            }
            Weights.initialise(parameters, Map.of(name, sizes), config.encoder(), RandomStream.of(0, "missing pooler"));
        }

        private void put(Parameters into, String name, String original) {
            used.add(original);
            try (Scope _ = Scope.open()) {
                into.put(name, file.tensor(original));
            }
        }

        private String located(String expected, @Nullable String original, long[] sizes) {
            if (original == null) {
                throw new InvalidInput(("%s says there should be a weight %s, but the file has none of that name.%s")
                        .formatted(folder.path().resolve(ConfigFile.NAME), expected, adapterHint()));
            }
            if (!Arrays.equals(sizes, file.shape(original))) {
                throw new InvalidInput(("The weight %s in %s has the shape %s; by config.json it should be %s. One of"
                                + " the two files belongs to another encoder.")
                        .formatted(original, folder, Arrays.toString(file.shape(original)), Arrays.toString(sizes)));
            }
            file.requireFloats(original);
            return original;
        }

        private String adapterHint() {
            boolean adapted =
                    file.names().stream().anyMatch(name -> name.contains(".lora_") || name.contains(".base_layer."));
            return adapted
                    ? " It holds an adapter that is not merged: in Python call merge_and_unload() on the PeftModel and"
                            + " save_pretrained on what it returns."
                    : "";
        }

        private void noteWhatIsShared() {
            names.shared()
                    .ifPresent(
                            name -> notes.add(("%s keeps its word table as %s alone, the head's that shares it; it is"
                                            + " read from there.")
                                    .formatted(folder, name)));
            boolean untied = !config.tied()
                    && file.names().stream().anyMatch(name -> name.endsWith("decoder.weight") && !used.contains(name));
            if (untied && names.shared().isEmpty())
                notes.add(
                        ("%s says tie_word_embeddings: false. The head's own table is not used: a head for masked words"
                                        + " shares the encoder's here.")
                                .formatted(folder.path().resolve(ConfigFile.NAME)));
        }

        /// Tied copies and stored position numbers say nothing new; anything else is worth a sentence.
        private void noteWhatIsLeft() {
            List<String> left = file.names().stream()
                    .filter(name -> !used.contains(name))
                    .filter(name -> !name.endsWith("position_ids") && !name.endsWith("token_type_ids"))
                    .filter(name -> !name.contains("decoder."))
                    .toList();
            if (!left.isEmpty()) {
                notes.add("%s holds weights that are not used: %s.".formatted(folder, Excerpt.joined(left)));
            }
        }
    }
}
