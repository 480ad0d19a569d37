package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.step.StepInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pseudo-labels that a training of a later round reads beside its gold labels.
public final class PseudoLabelSplits {
    private PseudoLabelSplits() {}

    /// Every selection's pseudo-labels, by language, as splits to learn from.
    public static List<Split> splits(@Nullable PseudoLabelInputs pseudoLabels, StepInputs inputs) throws IOException {
        List<Split> splits = new ArrayList<>();
        if (pseudoLabels == null) return splits;
        for (StepKey key : pseudoLabels.selected()) {
            Path folder = inputs.selected(key);
            String digest = PseudoLabels.manifest(folder).sha256();
            if (!digest.equals(inputs.result(key).pseudoLabels()))
                throw new InvalidInput("%s is not what its selection recorded. Remove the folder %s, and it runs again."
                        .formatted(folder, folder.getParent()));
            String name = "selected/" + key.brief() + ".jsonl";
            inputs.read(null, Map.of(name, digest));
            Map<String, List<Example>> byLanguage = new LinkedHashMap<>();
            for (PseudoLabel label : PseudoLabels.read(folder))
                byLanguage
                        .computeIfAbsent(label.language(), _ -> new ArrayList<>())
                        .add(label.example());
            SourceFile source = new SourceFile(name, folder.resolve(PseudoLabels.LABELS), digest, 0);
            byLanguage.forEach((language, examples) -> splits.add(Split.of(language, "selected", examples, source)));
        }
        return splits;
    }
}
