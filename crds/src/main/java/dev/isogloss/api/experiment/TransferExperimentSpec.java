package dev.isogloss.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// An experiment: one encoder taken through a list of stages, for every target language and seed.
@JsonPropertyOrder({"task", "data", "corpus", "dictionary", "encoder", "source", "targets", "seeds", "stages"})
@ValidationRule(
        value = "!has(self.encoder.fromPretraining) || has(self.corpus)",
        message = "encoder.fromPretraining reads text: declare it as spec.corpus",
        fieldPath = ".encoder.fromPretraining")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.pretrain)) || has(self.corpus)",
        message = "a pretrain stage reads text: declare it as spec.corpus",
        fieldPath = ".stages")
@ValidationRule(
        value = "!has(self.corpus) || !has(self.encoder.fromPretraining) || "
                + "!has(self.encoder.fromPretraining.pretrain.languages) || "
                + "self.encoder.fromPretraining.pretrain.languages.all(language, language in self.corpus.languages)",
        message = "encoder.fromPretraining.pretrain.languages may only name languages of spec.corpus.languages",
        fieldPath = ".encoder.fromPretraining.pretrain.languages")
@ValidationRule(
        value = "!has(self.corpus) || self.stages.all(stage, !has(stage.pretrain) || !has(stage.pretrain.languages) || "
                + "stage.pretrain.languages.all(language, language in self.corpus.languages))",
        message = "a stage's pretrain.languages may only name languages of spec.corpus.languages",
        fieldPath = ".stages")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.iwda) || has(stage.distill) || has(stage.selfTrain) || "
                + "has(stage.adversarialAlign) || has(stage.interpolate) || has(stage.analyse) || (has(stage.fineTune) && "
                + "has(stage.fineTune.learnFrom)) || (has(stage.ear) && has(stage.ear.fineTune.learnFrom)) || "
                + "(has(stage.randomizedSmoothing) && has(stage.randomizedSmoothing.fineTune.learnFrom)) || "
                + "(has(stage.adversarialTraining) && has(stage.adversarialTraining.fineTune.learnFrom))) || "
                + "self.targets.size() > 0",
        message = "a stage with a model for each target language needs some: list them under targets",
        fieldPath = ".targets")
@ValidationRule(
        value = "self.task.type != 'DependencyParsing' || !self.stages.exists(stage, has(stage.iwda) ||"
                + " has(stage.distill) || has(stage.selfTrain) || has(stage.adversarialAlign) ||"
                + " has(stage.analyse))",
        message = "iwda, distill, selfTrain, adversarialAlign and analyse tell classes of texts or words apart; they do"
                + " not fit DependencyParsing",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging'] || self.stages.all(stage, "
                + "!has(stage.adversarialAlign) || stage.adversarialAlign.reads != 'Words')",
        message = "adversarialAlign.reads: Words is for tasks that label words; write Sentences",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging'] || self.stages.all(stage, "
                + "(!has(stage.fineTune) || stage.fineTune.penaltyOver != 'Tokens') && "
                + "(!has(stage.languageAdaptation) || stage.languageAdaptation.fineTune.penaltyOver != 'Tokens') && "
                + "(!has(stage.ear) || stage.ear.fineTune.penaltyOver != 'Tokens') && "
                + "(!has(stage.randomizedSmoothing) || stage.randomizedSmoothing.fineTune.penaltyOver != 'Tokens') && "
                + "(!has(stage.adversarialTraining) || stage.adversarialTraining.fineTune.penaltyOver != 'Tokens') && "
                + "(!has(stage.interpolate) || stage.interpolate.fineTune.penaltyOver != 'Tokens'))",
        message = "fineTune.penaltyOver: Tokens is for tasks that label words; write Labels",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.task.type != 'DependencyParsing' || self.stages.all(stage, "
                + "(!has(stage.fineTune) || (stage.fineTune.confidencePenalty == 0.0 && stage.fineTune.labelSmoothing == 0.0)) && "
                + "(!has(stage.ear) || (stage.ear.fineTune.confidencePenalty == 0.0 && stage.ear.fineTune.labelSmoothing == 0.0)) && "
                + "(!has(stage.randomizedSmoothing) || (stage.randomizedSmoothing.fineTune.confidencePenalty == 0.0 && "
                + "stage.randomizedSmoothing.fineTune.labelSmoothing == 0.0)) && "
                + "(!has(stage.adversarialTraining) || (stage.adversarialTraining.fineTune.confidencePenalty == 0.0 && "
                + "stage.adversarialTraining.fineTune.labelSmoothing == 0.0)) && "
                + "(!has(stage.interpolate) || (stage.interpolate.fineTune.confidencePenalty == 0.0 && "
                + "stage.interpolate.fineTune.labelSmoothing == 0.0)))",
        message =
                "confidencePenalty and labelSmoothing are for one softmax, and DependencyParsing has two; leave them out",
        fieldPath = ".stages")
@ValidationRule(
        value = "!(self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging']) || self.stages.all(stage, "
                + "!has(stage.selfTrain) || stage.selfTrain.select != 'PerClass')",
        message = "selfTrain.select: PerClass is for tasks that label texts, where a text has one label; write"
                + " TopFraction",
        fieldPath = ".stages")
@ValidationRule(
        value = "!(self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging']) || self.stages.all(stage, "
                + "!has(stage.analyse) || !stage.analyse.linearCka)",
        message = "analyse.linearCka compares translations text by text, and words have no such partners; leave it out",
        fieldPath = ".stages")
@ValidationRule(
        value =
                "self.stages.filter(stage, !has(stage.pretrain) && !has(stage.interpolate)).size() == 0 || "
                        + "has(self.stages.filter(stage, !has(stage.pretrain) && !has(stage.interpolate))[0].fineTune) || "
                        + "has(self.stages.filter(stage, !has(stage.pretrain) && !has(stage.interpolate))[0].languageAdaptation) || "
                        + "has(self.stages.filter(stage, !has(stage.pretrain) && !has(stage.interpolate))[0].ear) || "
                        + "has(self.stages.filter(stage, !has(stage.pretrain) && !has(stage.interpolate))[0].randomizedSmoothing) || "
                        + "has(self.stages.filter(stage, !has(stage.pretrain) && !has(stage.interpolate))[0].adversarialTraining)",
        message = "stages other than pretrain and interpolate go on from a model that knows the task: put a fineTune "
                + "stage before them",
        fieldPath = ".stages")
@ValidationRule(
        value =
                "!self.stages.exists(stage, (has(stage.ear) && stage.ear.copies > 0) || (has(stage.randomizedSmoothing) && "
                        + "stage.randomizedSmoothing.perturb == 'Synonyms')) || has(self.dictionary)",
        message = "ear and randomizedSmoothing: {perturb: Synonyms} replace words: declare where the words and their "
                + "neighbours lie, as spec.dictionary",
        fieldPath = ".stages")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.project) && stage.project.show in ['Synonyms', 'Copies']) || "
                + "has(self.dictionary)",
        message = "project: {show: Synonyms} and {show: Copies} look words up: declare where the words and their "
                + "neighbours lie, as spec.dictionary",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.stages.all(stage, !has(stage.project) || !has(stage.project.languages) || "
                + "stage.project.languages.all(language, language in self.targets))",
        message = "project.languages may only name targets; the source is shown anyway",
        fieldPath = ".stages")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.languageAdaptation)) || self.task.type in "
                + "['SequenceClassification', 'SequencePairClassification']",
        message = "languageAdaptation compares whole texts by their classes: it is for SequenceClassification and "
                + "SequencePairClassification",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.stages.all(stage, !has(stage.languageAdaptation) || "
                + "!has(stage.languageAdaptation.fineTune.learnFrom))",
        message = "languageAdaptation makes one model for all targets: in its fineTune write languages instead of "
                + "learnFrom, or write a stage fineTune with learnFrom, which makes one for each",
        fieldPath = ".stages")
@ValidationRule(
        value = "!(self.stages.exists(stage, has(stage.languageAdaptation)) || (has(self.encoder.fromPretraining) &&"
                + " has(self.encoder.fromPretraining.rankTranslations))) || (has(self.corpus) && (has(self.corpus.pairs)"
                + " || has(self.corpus.location.generated)))",
        message = "languageAdaptation and rankTranslations read translation pairs: declare them as spec.corpus.pairs")
@ValidationRule(
        value = "self.stages.exists(stage, has(stage.fineTune) || has(stage.languageAdaptation) || has(stage.ear) || "
                + "has(stage.randomizedSmoothing) || has(stage.adversarialTraining) || has(stage.interpolate))",
        message = "no stage learns the task: add the stage fineTune: {}",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.stages.all(stage, !has(stage.name) || self.stages.filter(other, has(other.name) && other.name == "
                + "stage.name).size() == 1)",
        message = "two stages have the same name; give each a name of its own",
        fieldPath = ".stages")
@ValidationRule(
        value = "!self.evaluate.otherTargets",
        message = "evaluate.otherTargets is for runs, whose tables say which target a model is for; leave it out",
        fieldPath = ".evaluate.otherTargets")
public record TransferExperimentSpec(
        @JsonUnwrapped ExperimentSettings common,

        @Meaning("The encoder it starts from.") EncoderSpec encoder,

        @Items(max = 16) @Meaning("What is done with the encoder, in order.")
        List<Stage> stages) {

    public TransferExperimentSpec {
        Bounds.check(TransferExperimentSpec.class, common, encoder, stages);
        stages = List.copyOf(stages);
    }
}
