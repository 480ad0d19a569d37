package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The labelled texts behind a model: the training splits of the step that made it, and of those that this one built
/// on.
public final class TrainingTexts {
    private TrainingTexts() {}

    /// @return what can still be read; a note says what cannot
    public static List<Split> splits(StepKey model, LabelledData data, StepSession bench) {
        List<Split> splits = new ArrayList<>();
        for (String language : languages(model, bench)) {
            try {
                splits.add(data.read(language, "train"));
            } catch (InvalidInput unreadable) {
                bench.note("Whether texts were trained on cannot be told for train %s: %s"
                        .formatted(language, unreadable.getMessage()));
            }
        }
        return splits;
    }

    private static Set<String> languages(StepKey model, StepSession bench) {
        Set<String> languages = new TreeSet<>();
        Optional<StepSpec> spec = spec(model, bench);
        while (spec.isPresent()) {
            languages.addAll(spec.get().learnsFrom());
            spec = spec.get().startsFrom().flatMap(before -> spec(before, bench));
        }
        return languages;
    }

    /// Empty where a newer version wrote it: the count is a service, not worth an evaluation.
    private static Optional<StepSpec> spec(StepKey key, StepSession bench) {
        try {
            byte[] json = Files.readAllBytes(bench.context().store().spec(key));
            return Optional.of(StoreJson.MAPPER.readValue(json, StepSpec.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
