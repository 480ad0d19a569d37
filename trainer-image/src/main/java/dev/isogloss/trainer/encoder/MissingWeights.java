package dev.isogloss.trainer.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a folder holds in the place of an encoder's config.json or weights, in a sentence that says what to do.
final class MissingWeights {
    private static final String ADAPTER = "adapter_config.json";

    private MissingWeights() {}

    static String sentence(Path folder) {
        if (hasOne(folder, "pytorch_model.bin", "pytorch_model.bin.index.json"))
            return ("%s holds its weights as a Python pickle (pytorch_model.bin), which can run any program when it is"
                            + " opened, so it is not. Convert it once where you trust it: python -c \"from transformers"
                            + " import AutoModel; AutoModel.from_pretrained('%s').save_pretrained('%s-safetensors')\","
                            + " copy tokenizer.json there, and use that folder.")
                    .formatted(folder, folder, folder);
        if (Files.exists(folder.resolve(ADAPTER))) return adapter(folder);
        if (hasOne(folder, "tf_model.h5")) return converted(folder, "of TensorFlow (tf_model.h5)", "from_tf=True");
        if (hasOne(folder, "flax_model.msgpack"))
            return converted(folder, "of Flax (flax_model.msgpack)", "from_flax=True");
        List<String> others = safetensors(folder);
        return "%s holds no weights: neither model.safetensors nor %s is there%s."
                .formatted(
                        folder,
                        Safetensors.INDEX,
                        others.isEmpty()
                                ? ""
                                : ", only %s. Weights are read under those two names"
                                        .formatted(String.join(", ", others)));
    }

    /// The same of a folder without config.json.
    static String noConfig(Path folder) {
        return Files.exists(folder.resolve(ADAPTER))
                ? adapter(folder)
                : ("%s is no encoder: it has no config.json. A folder with config.json, model.safetensors and"
                                + " tokenizer.json is needed, as Hugging Face's hub has them.")
                        .formatted(folder);
    }

    private static String adapter(Path folder) {
        String base = base(folder);
        return ("%s holds an adapter (%s), and no encoder: it changes another model, %s. Merge it into that one: python -c"
                        + " \"from transformers import AutoModel, AutoTokenizer; from peft import PeftModel; m = '%s';"
                        + " PeftModel.from_pretrained(AutoModel.from_pretrained(m), '%s').merge_and_unload()"
                        + ".save_pretrained('merged'); AutoTokenizer.from_pretrained(m).save_pretrained('merged')\", and use"
                        + " that folder.")
                .formatted(folder, ADAPTER, base, base, folder);
    }

    private static String base(Path folder) {
        try {
            JsonNode base =
                    Json.PLAIN.readTree(folder.resolve(ADAPTER).toFile()).path("base_model_name_or_path");
            return base.asText("").isEmpty() ? "BASE" : base.asText();
        } catch (IOException e) {
            return "BASE";
        }
    }

    private static String converted(Path folder, String what, String argument) {
        return ("%s holds its weights in a file %s, which is not read. Convert it: python -c \"from transformers import"
                        + " AutoModel; AutoModel.from_pretrained('%s', %s).save_pretrained('%s-safetensors')\", copy"
                        + " tokenizer.json there, and use that folder.")
                .formatted(folder, what, folder, argument, folder);
    }

    private static boolean hasOne(Path folder, String... names) {
        return Stream.of(names).anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static List<String> safetensors(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
