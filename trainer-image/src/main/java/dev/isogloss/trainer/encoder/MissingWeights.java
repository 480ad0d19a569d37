package dev.isogloss.trainer.encoder;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.files.WholeJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// What a folder holds in the place of an encoder's config.json or weights, in a sentence that says what to do.
final class MissingWeights {
    private static final String ADAPTER = "adapter_config.json";

    private static final int MOST_BYTES = 1 << 20;

    private MissingWeights() {}

    static String sentence(InputFolder folder) {
        if (hasOne(folder, "pytorch_model.bin", "pytorch_model.bin.index.json"))
            return ("%s holds its weights as a Python pickle (pytorch_model.bin), which can run any program when it is"
                            + " opened, so it is not. Convert it once where you trust it: python -c \"from transformers"
                            + " import AutoModel; AutoModel.from_pretrained('%s').save_pretrained('%s-safetensors')\","
                            + " copy tokenizer.json there, and use that folder.")
                    .formatted(folder, folder, folder);
        if (folder.has(ADAPTER)) return adapter(folder);
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
    static String noConfig(InputFolder folder) {
        return folder.has(ADAPTER)
                ? adapter(folder)
                : ("%s is no encoder: it has no config.json. A folder with config.json, model.safetensors and"
                                + " tokenizer.json is needed, as Hugging Face's hub has them.")
                        .formatted(folder);
    }

    private static String adapter(InputFolder folder) {
        String base = base(folder);
        return ("%s holds an adapter (%s), and no encoder: it changes another model, %s. Merge it into that one: python -c"
                        + " \"from transformers import AutoModel, AutoTokenizer; from peft import PeftModel; m = '%s';"
                        + " PeftModel.from_pretrained(AutoModel.from_pretrained(m), '%s').merge_and_unload()"
                        + ".save_pretrained('merged'); AutoTokenizer.from_pretrained(m).save_pretrained('merged')\", and use"
                        + " that folder.")
                .formatted(folder, ADAPTER, base, base, folder);
    }

    private static String base(InputFolder folder) {
        try {
            String base = WholeJson.of(folder.file(ADAPTER), MOST_BYTES)
                    .path("base_model_name_or_path")
                    .asText("");
            return base.isEmpty() ? "BASE" : Excerpt.of(base);
        } catch (InvalidInput unreadable) {
            return "BASE";
        }
    }

    private static String converted(InputFolder folder, String what, String argument) {
        return ("%s holds its weights in a file %s, which is not read. Convert it: python -c \"from transformers import"
                        + " AutoModel; AutoModel.from_pretrained('%s', %s).save_pretrained('%s-safetensors')\", copy"
                        + " tokenizer.json there, and use that folder.")
                .formatted(folder, what, folder, argument, folder);
    }

    private static boolean hasOne(InputFolder folder, String... names) {
        return Stream.of(names).anyMatch(folder::has);
    }

    private static List<String> safetensors(InputFolder folder) {
        try {
            return folder.names().stream()
                    .filter(name -> name.endsWith(".safetensors"))
                    .toList();
        } catch (IOException | InvalidInput e) {
            return List.of();
        }
    }
}
