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
                AnalyseStep,
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

    /// All that it reads from outside its own folder, in the order in which it should be looked for.
    List<Input> reads();

    /// The steps whose output this one reads.
    @JsonIgnore
    default Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>();
        for (Input input : reads()) if (input instanceof Input.StepOutput(StepKey step)) inputs.add(step);
        return inputs;
    }

    /// Need of a GPU: it computes much with a model.
    default boolean device() {
        return switch (this) {
            case PretrainStep _, RankTranslationsStep _, TrainStep _, SemanticAlignmentStep _, AdaptStep _ -> true;
            case EvaluateStep _, PredictPoolStep _ -> true;
            case EnsembleStep _, AnalyseStep _, SelectPseudoLabelsStep _, ChooseBestRoundStep _ -> false;
        };
    }

    /// Rough duration in evaluations: training takes many passes over many examples, an evaluation one over few.
    default int weight() {
        return switch (this) {
            case PretrainStep _, RankTranslationsStep _, TrainStep _, AdaptStep _ -> 10;
            case SemanticAlignmentStep _ -> 5;
            case PredictPoolStep _ -> 3;
            case EvaluateStep _, EnsembleStep _, AnalyseStep _, SelectPseudoLabelsStep _, ChooseBestRoundStep _ -> 1;
        };
    }

    /// The languages whose training splits its model learns from, with their labels.
    default List<String> learnsFrom() {
        return switch (this) {
            case TrainStep train ->
                train.settings().languages() == null
                        ? List.of(train.source())
                        : train.settings().languages();
            case SemanticAlignmentStep align -> align.languages();
            case AdaptStep adapt -> List.of(adapt.source());
            case PretrainStep _, RankTranslationsStep _, EvaluateStep _, EnsembleStep _, AnalyseStep _ -> List.of();
            case PredictPoolStep _, SelectPseudoLabelsStep _, ChooseBestRoundStep _ -> List.of();
        };
    }

    /// The step whose model its own goes on from, or learns from.
    default Optional<StepKey> startsFrom() {
        return switch (this) {
            case PretrainStep pretrain -> pretrain.encoder().step();
            case RankTranslationsStep rank -> rank.encoder().step();
            case TrainStep train -> train.encoder().step();
            case SemanticAlignmentStep align -> Optional.of(align.model());
            case AdaptStep adapt -> Optional.of(adapt.model());
            case EvaluateStep _, EnsembleStep _, AnalyseStep _, PredictPoolStep _ -> Optional.empty();
            case SelectPseudoLabelsStep _, ChooseBestRoundStep _ -> Optional.empty();
        };
    }
}
