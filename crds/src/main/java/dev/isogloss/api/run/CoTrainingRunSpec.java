package dev.isogloss.api.run;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// A run: several models that teach each other over rounds.
@JsonPropertyOrder({"task", "data", "corpus", "dictionary", "models", "source", "targets", "seeds", "strategy"})
@ValidationRule(
        value = "self.task.type != 'DependencyParsing'",
        message =
                "a run cannot learn DependencyParsing, where no label stands for a whole tree: choose a task that labels"
                        + " texts or words",
        fieldPath = ".task.type")
@ValidationRule(
        value = "!has(self.strategy.coTraining) || self.models.size() >= 2",
        message = "coTraining needs two models that teach each other; with one, use selfTraining",
        fieldPath = ".models")
@ValidationRule(
        value = "!self.models.exists(model, has(model.languageAdaptation)) || self.task.type in "
                + "['SequenceClassification', 'SequencePairClassification']",
        message = "languageAdaptation compares whole texts by their classes: it is for SequenceClassification and "
                + "SequencePairClassification",
        fieldPath = ".models")
@ValidationRule(
        value = "!self.models.exists(model, has(model.languageAdaptation) || (has(model.encoder.fromPretraining) &&"
                + " has(model.encoder.fromPretraining.rankTranslations))) || (has(self.corpus) && (has(self.corpus.pairs)"
                + " || has(self.corpus.location.generated)))",
        message = "languageAdaptation and rankTranslations read translation pairs: declare them as spec.corpus.pairs")
@ValidationRule(
        value = "self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging'] || "
                + "self.models.all(model, model.fineTune.penaltyOver != 'Tokens')",
        message = "fineTune.penaltyOver: Tokens is for tasks that label words; write Labels",
        fieldPath = ".models")
@ValidationRule(
        value = "self.targets.size() > 0",
        message = "a run learns from unlabelled text of its targets: name at least one under targets",
        fieldPath = ".targets")
@ValidationRule(
        value = "!has(self.strategy.coTraining) || self.strategy.coTraining.rounds * self.models.size() <= 500",
        message = "rounds times models may be 500 at most: lower strategy.coTraining.rounds",
        fieldPath = ".strategy.coTraining.rounds")
@ValidationRule(
        value = "!has(self.strategy.selfTraining) || self.strategy.selfTraining.rounds * self.models.size() <= 500",
        message = "rounds times models may be 500 at most: lower strategy.selfTraining.rounds",
        fieldPath = ".strategy.selfTraining.rounds")
@ValidationRule(
        value = "!has(self.strategy.coTraining) || self.strategy.coTraining.keep == 'Last' && "
                + "self.strategy.coTraining.patience == 0 || self.models.all(model, "
                + "model.fineTune.selection.keep == 'Best')",
        message = "keep: Best and patience compare rounds by the score that selects checkpoints: leave "
                + "models[].fineTune.selection.keep at Best",
        fieldPath = ".strategy.coTraining")
@ValidationRule(
        value = "!has(self.strategy.selfTraining) || self.strategy.selfTraining.keep == 'Last' && "
                + "self.strategy.selfTraining.patience == 0 || self.models.all(model, "
                + "model.fineTune.selection.keep == 'Best')",
        message = "keep: Best and patience compare rounds by the score that selects checkpoints; leave "
                + "models[].fineTune.selection.keep at Best",
        fieldPath = ".strategy.selfTraining")
@ValidationRule(
        value = "!self.models.exists(model, has(model.fineTune.learnFrom))",
        message = "fineTune.learnFrom is for experiments; leave it out of a run",
        fieldPath = ".models")
@ValidationRule(
        value = "!self.evaluate.ensemble || has(self.strategy.triTraining)",
        message = "evaluate.ensemble is for experiments and triTraining; leave it out",
        fieldPath = ".evaluate.ensemble")
@ValidationRule(
        value = "!has(self.strategy.triTraining) || self.models.size() == 3",
        message = "triTraining needs three models: two of them teach the third",
        fieldPath = ".models")
@ValidationRule(
        value = "!has(self.strategy.triTraining) || self.models.all(model, !has(model.languageAdaptation))",
        message = "triTraining trains models by fineTune alone; leave languageAdaptation out",
        fieldPath = ".models")
@ValidationRule(
        value = "!self.models.exists(model, has(model.encoder.fromPretraining)) || has(self.corpus)",
        message = "encoder.fromPretraining reads text: declare it as spec.corpus",
        fieldPath = ".models")
@ValidationRule(
        value =
                "!has(self.strategy.triTraining) || !has(self.strategy.triTraining.augment.maskedLanguageModel.pretrain)"
                        + " || has(self.corpus)",
        message = "augment.maskedLanguageModel.pretrain reads text: declare it as spec.corpus",
        fieldPath = ".strategy.triTraining.augment.maskedLanguageModel.pretrain")
@ValidationRule(
        value = "!has(self.corpus) || self.models.all(model, !has(model.encoder.fromPretraining) || "
                + "!has(model.encoder.fromPretraining.pretrain.languages) || "
                + "model.encoder.fromPretraining.pretrain.languages.all(language, language in self.corpus.languages))",
        message = "encoder.fromPretraining.pretrain.languages may only name languages of spec.corpus.languages",
        fieldPath = ".models")
@ValidationRule(
        value = "!has(self.corpus) || !has(self.strategy.triTraining) || "
                + "!has(self.strategy.triTraining.augment.maskedLanguageModel.pretrain) || "
                + "!has(self.strategy.triTraining.augment.maskedLanguageModel.pretrain.languages) || "
                + "self.strategy.triTraining.augment.maskedLanguageModel.pretrain.languages.all(language, "
                + "language in self.corpus.languages)",
        message = "augment.maskedLanguageModel.pretrain.languages may only name languages of spec.corpus.languages",
        fieldPath = ".strategy.triTraining.augment.maskedLanguageModel.pretrain.languages")
public record CoTrainingRunSpec(
        @JsonUnwrapped ExperimentSettings common,

        @Items(max = 8, keyedBy = "name") @Meaning("The models, each with its encoder.")
        List<ModelSpec> models,

        @Meaning("How they teach.") Strategy strategy) {

    public CoTrainingRunSpec {
        Bounds.check(CoTrainingRunSpec.class, common, models, strategy);
        models = List.copyOf(models);
    }
}
