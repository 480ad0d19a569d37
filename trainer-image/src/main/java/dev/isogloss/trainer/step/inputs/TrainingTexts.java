package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.RankTranslationsStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepInputs;
import java.io.IOException;
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
    public static List<Split> splits(StepKey model, LabelledData data, StepInputs inputs) {
        List<Split> splits = new ArrayList<>();
        for (String language : languages(model, inputs)) {
            try {
                splits.add(data.read(language, "train"));
            } catch (InvalidInput unreadable) {
                inputs.journal()
                        .note("Whether texts were trained on cannot be told for train %s: %s"
                                .formatted(language, unreadable.getMessage()));
            }
        }
        return splits;
    }

    private static Set<String> languages(StepKey model, StepInputs inputs) {
        Set<String> languages = new TreeSet<>();
        Optional<StepSpec> spec = spec(model, inputs);
        while (spec.isPresent()) {
            spec = switch (spec.get()) {
                case TrainStep train -> {
                    List<String> own = train.settings().languages();
                    languages.addAll(own == null ? List.of(train.source()) : own);
                    yield train.encoder() instanceof EncoderOrigin.FromStep made
                            ? spec(made.by(), inputs)
                            : Optional.<StepSpec>empty();
                }
                case AdaptStep adapt -> {
                    languages.add(adapt.source());
                    yield spec(adapt.model(), inputs);
                }
                case SemanticAlignmentStep align -> spec(align.model(), inputs);
                case PretrainStep _,
                        EvaluateStep _,
                        AnalyseStep _,
                        EnsembleStep _,
                        RankTranslationsStep _,
                        PredictPoolStep _,
                        SelectPseudoLabelsStep _,
                        ChooseBestRoundStep _ -> Optional.<StepSpec>empty();
            };
        }
        return languages;
    }

    /// Empty where a newer version wrote it: the count is a service, not worth an evaluation.
    private static Optional<StepSpec> spec(StepKey key, StepInputs inputs) {
        try {
            return Optional.of(inputs.spec(key));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
