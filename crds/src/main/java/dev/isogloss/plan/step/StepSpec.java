package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Set;

/// One step's work: everything that decides its result and nothing else (no location, no resources).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface StepSpec
        permits PretrainStep,
                TrainStep,
                EvaluateStep,
                AdaptStep,
                SemanticAlignmentStep,
                AnalyseStep,
                EnsembleStep,
                RankTranslationsStep,
                PredictPoolStep,
                SelectPseudoLabelsStep,
                ChooseBestRoundStep {

    /// Raised by hand when a mended bug changes what this kind of step gives.
    int revision();

    /// The name of its kind, as its JSON, the cluster and tables have it.
    @JsonIgnore
    default String kind() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

    /// The steps whose output this one reads.
    @JsonIgnore
    Set<StepKey> inputs();
}
