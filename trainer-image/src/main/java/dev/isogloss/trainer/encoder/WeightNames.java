package dev.isogloss.trainer.encoder;

import dev.isogloss.api.InvalidInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of an encoder's weights in a file, whatever the model was wrapped in when it was saved, and where a tied
/// table is kept under the name of the head that shares it.
final class WeightNames {
    /// What `torch.compile`, FSDP and activation checkpointing put into the names of a model's parts.
    private static final List<String> WRAPPERS =
            List.of("_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.");

    private static final List<String> TIED = List.of("cls.predictions.decoder.weight", "lm_head.decoder.weight");

    private final Map<String, String> inFile = new LinkedHashMap<>();
    private final Safetensors file;
    private final String prefix;
    private final String beforeHeads;
    private @Nullable String shared;

    private WeightNames(Path folder, Safetensors file, EncoderConfig config) {
        this.file = file;
        for (String name : file.names()) {
            String before = inFile.put(unwrapped(name), name);
            if (before != null)
                throw new InvalidInput(
                        "%s holds the same weight twice, as %s and as %s. Save the model again, without its"
                                        .formatted(folder, before, name)
                                + " wrapper.");
        }
        // safetensors' save_model keeps one of the weights that share memory, and the others' names in the metadata.
        file.metadata().forEach((removed, kept) -> {
            if (file.names().contains(kept)) inFile.putIfAbsent(unwrapped(removed), kept);
        });
        prefix = prefix(folder, config);
        String family = config.family().prefix();
        beforeHeads = prefix.endsWith(family) ? prefix.substring(0, prefix.length() - family.length()) : "";
    }

    static WeightNames of(Path folder, Safetensors file, EncoderConfig config) {
        return new WeightNames(folder, file, config);
    }

    private static String unwrapped(String name) {
        String bare = name;
        for (String wrapper : WRAPPERS) bare = bare.replace(wrapper, "");
        while (bare.startsWith("module.")) bare = bare.substring("module.".length());
        return bare;
    }

    /// The prefix of the encoder's names: "bert.", "roberta.", nothing, or anything else.
    private String prefix(Path folder, EncoderConfig config) {
        List<String> tables = endingWith(Weights.WORDS);
        if (tables.isEmpty()) tables = shared(config);
        if (tables.size() != 1)
            throw new InvalidInput("%s holds %s weights called ...%s; an encoder has one.%s"
                    .formatted(
                            folder,
                            tables.isEmpty() ? "no" : tables.size(),
                            Weights.WORDS,
                            tables.isEmpty()
                                    ? " If the file was saved without it because it is tied to a head (lm_head.decoder.weight),"
                                            + " save the model with save_pretrained."
                                    : ""));
        return tables.getFirst().substring(0, tables.getFirst().length() - Weights.WORDS.length());
    }

    private List<String> endingWith(String ending) {
        return inFile.keySet().stream().filter(name -> name.endsWith(ending)).toList();
    }

    /// The word table where only the head that shares it has kept it.
    private List<String> shared(EncoderConfig config) {
        List<String> positions = endingWith(Weights.POSITIONS);
        Optional<String> table = TIED.stream()
                .flatMap(tied -> endingWith(tied).stream())
                .filter(name -> isTable(name, config))
                .findFirst();
        if (positions.size() != 1 || table.isEmpty()) return List.of();
        String before = positions.getFirst().substring(0, positions.getFirst().length() - Weights.POSITIONS.length());
        shared = inFile.get(table.get());
        inFile.put(before + Weights.WORDS, shared);
        return List.of(before + Weights.WORDS);
    }

    private boolean isTable(String name, EncoderConfig config) {
        long[] shape = file.shape(inFile.getOrDefault(name, name));
        return shape.length == 2 && shape[0] == config.vocabularySize() && shape[1] == config.hidden();
    }

    /// The head's weight that stands in for the word table, if it has to.
    Optional<String> shared() {
        return Optional.ofNullable(shared);
    }

    /// The name in the file of a weight of the encoder.
    @Nullable
    String encoder(String name) {
        return original(prefix + name);
    }

    /// What a weight of the encoder should be called.
    String expected(String name) {
        return prefix + name;
    }

    /// The name in the file of a weight of a head.
    @Nullable
    String head(String name) {
        String wrapped = original(beforeHeads + name);
        return wrapped != null ? wrapped : original(name);
    }

    /// Names of all weights of a head, without what the model is wrapped in, to those in the file.
    Map<String, String> startingWith(String head) {
        Map<String, String> found = new LinkedHashMap<>();
        inFile.forEach((name, original) -> Stream.of(beforeHeads, "")
                .filter(before -> name.startsWith(before + head))
                .findFirst()
                .ifPresent(before -> found.put(name.substring(before.length()), original)));
        return found;
    }

    /// The name in the file, where a norm's weight and bias may still have the names of the first release, and a bias
    /// that two parts share may stand under the other's name.
    private @Nullable String original(String name) {
        String found = inFile.get(name);
        if (found != null) return found;
        String old = name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
        if (!old.equals(name)) return inFile.get(old);
        return name.endsWith("predictions.bias") || name.endsWith("lm_head.bias")
                ? inFile.get(name.substring(0, name.length() - "bias".length()) + "decoder.bias")
                : null;
    }
}
