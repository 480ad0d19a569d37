package dev.isogloss.trainer.step;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Adapt;
import dev.isogloss.plan.AlignMeanings;
import dev.isogloss.plan.Analyse;
import dev.isogloss.plan.Choose;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.Ensemble;
import dev.isogloss.plan.Label;
import dev.isogloss.plan.Rank;
import dev.isogloss.plan.Select;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepSpec;
import dev.isogloss.trainer.data.Split;
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
final class TrainedOn {
    private TrainedOn() {}

    /// @return what can still be read; a note says what cannot
    static List<Split> splits(StepKey model, LabelledData data, Workbench bench) {
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

    private static Set<String> languages(StepKey model, Workbench bench) {
        Set<String> languages = new TreeSet<>();
        Optional<StepSpec> spec = spec(model, bench);
        while (spec.isPresent()) {
            spec = switch (spec.get()) {
                case StepSpec.Train train -> {
                    List<String> own = train.settings().languages();
                    languages.addAll(own == null ? List.of(train.source()) : own);
                    yield train.encoder() instanceof EncoderOrigin.Made made
                            ? spec(made.by(), bench)
                            : Optional.<StepSpec>empty();
                }
                case Adapt adapt -> {
                    languages.add(adapt.source());
                    yield spec(adapt.model(), bench);
                }
                case AlignMeanings align -> spec(align.model(), bench);
                case StepSpec.Pretrain _,
                        StepSpec.Evaluate _,
                        Analyse _,
                        Ensemble _,
                        Rank _,
                        Label _,
                        Select _,
                        Choose _ -> Optional.<StepSpec>empty();
            };
        }
        return languages;
    }

    /// Empty where a newer version wrote it: the count is a service, not worth an evaluation.
    private static Optional<StepSpec> spec(StepKey key, Workbench bench) {
        try {
            byte[] json = Files.readAllBytes(bench.context().store().spec(key));
            return Optional.of(StoreJson.MAPPER.readValue(json, StepSpec.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
