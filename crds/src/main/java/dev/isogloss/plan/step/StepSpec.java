package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One step's work: everything that decides its result and nothing else (no location, no resources).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface StepSpec
        permits PretrainStep,
                RankTranslationsStep,
                TrainStep,
                SemanticAlignmentStep,
                AdaptStep,
                EvaluateStep,
                EnsembleStep,
                InterpolateStep,
                AnalyseStep,
                ProjectStep,
                PredictPoolStep,
                SelectPseudoLabelsStep,
                ChooseBestRoundStep,
                AugmentStep,
                AgreeStep,
                ChooseCandidateStep,
                CompareStep {

    /// Raised by hand when a mended bug changes what this kind of step gives.
    int revision();

    /// The name of its kind, as its JSON, the cluster and tables have it.
    @JsonIgnore
    default String kind() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

    /// All that it reads from outside its own folder, in the order in which it should be looked for.
    List<Input> reads();

    /// The steps whose output this one reads.
    @JsonIgnore
    default Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>();
        for (Input input : reads()) if (input instanceof Input.StepOutput(StepKey step)) inputs.add(step);
        return inputs;
    }

    /// Need of a GPU.
    @JsonIgnore
    default boolean device() {
        return getClass().getAnnotation(Cost.class).device();
    }

    /// Rough duration in evaluations.
    @JsonIgnore
    default int weight() {
        return getClass().getAnnotation(Cost.class).weight();
    }

    /// The training splits that its model learns from, with their labels; empty unless it trains.
    default Optional<Input.LabelledData> learnsFrom() {
        return Optional.empty();
    }

    /// The step whose model its own goes on from, or learns from; empty unless it trains on a model of another step.
    default Optional<StepKey> startsFrom() {
        return Optional.empty();
    }
}
