package dev.isogloss.api.experiment;

import static dev.isogloss.api.schema.Bounds.distinct;
import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.list;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.data.Dictionary;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import dev.isogloss.api.task.TaskSpec;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An experiment: one encoder taken through a list of stages, for every target language and seed.
@ValidationRule(
        value = "!(self.source in self.targets)",
        message = "the source language is measured anyway: take it out of targets")
@ValidationRule(
        value = "!has(self.evaluate.languages) || self.evaluate.languages.all(language, language == self.source || "
                + "language in self.targets)",
        message = "evaluate.languages may only name source and targets: add the language to targets")
@ValidationRule(
        value = "!has(self.data.location.generated) || self.task.type in ['SequenceClassification', "
                + "'NamedEntityRecognition']",
        message = "generated data exists for SequenceClassification and NamedEntityRecognition only: give data.location"
                + " a uri or a claim")
@ValidationRule(
        value = "has(self.task.head) && self.task.head == 'Token' ? self.task.type in ['NamedEntityRecognition', "
                + "'PartOfSpeechTagging', 'DependencyParsing'] : true",
        message = "head Token is for tasks that label words; leave head out")
@ValidationRule(
        value = "has(self.task.head) && self.task.head != 'Token' ? self.task.type in ['SequenceClassification', "
                + "'SequencePairClassification'] : true",
        message = "heads Pooled and FirstToken are for tasks that label texts; leave head out")
@ValidationRule(
        value = "!has(self.encoder.fromPretraining) || has(self.corpus)",
        message = "encoder.fromPretraining reads text: declare it as spec.corpus")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.pretrain)) || has(self.corpus)",
        message = "a pretrain stage reads text: declare it as spec.corpus")
@ValidationRule(
        value = "!has(self.corpus) || !has(self.encoder.fromPretraining) || "
                + "!has(self.encoder.fromPretraining.pretrain.languages) || "
                + "self.encoder.fromPretraining.pretrain.languages.all(language, language in self.corpus.languages)",
        message = "encoder.fromPretraining.pretrain.languages may only name languages of spec.corpus.languages")
@ValidationRule(
        value = "!has(self.corpus) || self.stages.all(stage, !has(stage.pretrain) || !has(stage.pretrain.languages) || "
                + "stage.pretrain.languages.all(language, language in self.corpus.languages))",
        message = "a stage's pretrain.languages may only name languages of spec.corpus.languages")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.iwda) || has(stage.distill) || has(stage.selfTrain) || "
                + "has(stage.adversarialAlign) || has(stage.analyse) || (has(stage.fineTune) && "
                + "has(stage.fineTune.learnFrom))) || self.targets.size() > 0",
        message = "a stage with a model for each target language needs some: list them under targets")
@ValidationRule(
        value = "self.task.type != 'DependencyParsing'",
        message = "DependencyParsing cannot be trained yet: choose a task that labels texts or words")
@ValidationRule(
        value = "self.task.type != 'DependencyParsing' || !self.stages.exists(stage, has(stage.iwda) ||"
                + " has(stage.distill) || has(stage.selfTrain) || has(stage.adversarialAlign) ||"
                + " has(stage.analyse))",
        message = "iwda, distill, selfTrain, adversarialAlign and analyse tell classes of texts or words apart; they do"
                + " not fit DependencyParsing")
@ValidationRule(
        value = "self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging'] || self.stages.all(stage, "
                + "!has(stage.adversarialAlign) || stage.adversarialAlign.reads != 'Words')",
        message = "adversarialAlign.reads: Words is for tasks that label words; write Sentences")
@ValidationRule(
        value = "self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging'] || self.stages.all(stage, "
                + "(!has(stage.fineTune) || stage.fineTune.penaltyOver != 'Tokens') && "
                + "(!has(stage.languageAdaptation) || stage.languageAdaptation.fineTune.penaltyOver != 'Tokens'))",
        message = "fineTune.penaltyOver: Tokens is for tasks that label words; write Labels")
@ValidationRule(
        value = "!(self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging']) || self.stages.all(stage, "
                + "!has(stage.selfTrain) || stage.selfTrain.select != 'PerClass')",
        message = "selfTrain.select: PerClass is for tasks that label texts, where a text has one label; write"
                + " TopFraction")
@ValidationRule(
        value = "self.stages.filter(stage, !has(stage.pretrain)).size() == 0 || "
                + "has(self.stages.filter(stage, !has(stage.pretrain))[0].fineTune) || "
                + "has(self.stages.filter(stage, !has(stage.pretrain))[0].languageAdaptation)",
        message = "stages other than pretrain go on from a model that knows the task: put a fineTune stage before them")
@ValidationRule(
        value = "!self.stages.exists(stage, has(stage.languageAdaptation)) || self.task.type in "
                + "['SequenceClassification', 'SequencePairClassification']",
        message = "languageAdaptation compares whole texts by their classes: it is for SequenceClassification and "
                + "SequencePairClassification")
@ValidationRule(
        value = "self.stages.all(stage, !has(stage.languageAdaptation) || "
                + "!has(stage.languageAdaptation.fineTune.learnFrom))",
        message = "languageAdaptation makes one model for all targets: in its fineTune write languages instead of "
                + "learnFrom, or write a stage fineTune with learnFrom, which makes one for each")
@ValidationRule(
        value = "!(self.stages.exists(stage, has(stage.languageAdaptation)) || (has(self.encoder.fromPretraining) &&"
                + " has(self.encoder.fromPretraining.rankTranslations))) || (has(self.corpus) && (has(self.corpus.pairs)"
                + " || has(self.corpus.location.generated)))",
        message = "languageAdaptation and rankTranslations read translation pairs: declare them as spec.corpus.pairs")
@ValidationRule(
        value = "self.stages.exists(stage, has(stage.fineTune) || has(stage.languageAdaptation))",
        message = "no stage learns the task: add the stage fineTune: {}")
@ValidationRule(
        value = "self.stages.all(stage, !has(stage.name) || self.stages.filter(other, has(other.name) && other.name == "
                + "stage.name).size() == 1)",
        message = "two stages have the same name; give each a name of its own")
public record TransferExperimentSpec(
        @Required @JsonPropertyDescription("What is predicted. Required.")
        TaskSpec task,

        @Required @JsonPropertyDescription("The labelled data. Required.")
        Data data,

        @JsonPropertyDescription("Unlabelled text and translation pairs. Required by whatever pretrains.") @Nullable
        Corpus corpus,

        @JsonPropertyDescription("Words and their neighbours. Required by whatever replaces words.") @Nullable
        Dictionary dictionary,

        @Required @JsonPropertyDescription("The encoder it starts from. Required.")
        EncoderSpec encoder,

        @Required
        @Size(min = 1, max = 32)
        @Pattern(Patterns.LANGUAGE)
        @JsonPropertyDescription("The language with labels. Required.")
        String source,

        @Size(min = 0, max = 128)
        @Distinct
        @Default("[]")
        @JsonPropertyDescription("The languages to transfer to. Default []: measure on the source language only.")
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> targets,

        @Size(min = 1, max = 64)
        @Distinct
        @Default("[1]")
        @JsonPropertyDescription("One run of all stages for each seed; scores are means over them. Default [1].")
        List<@Min(0) @Max(Limits.SEED) Long> seeds,

        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription("What is done with the encoder, in order. Required.")
        List<Stage> stages,

        @Defaulted @JsonPropertyDescription("What is measured. Default {}: the test split of source and targets.")
        Evaluate evaluate,

        @JsonPropertyDescription(
                "Where results are kept. Without it: ./.isogloss on a laptop, the store that the operator's chart"
                        + " names on a cluster.")
        @Nullable
        Storage storage,

        @Defaulted @JsonPropertyDescription("How the steps run. Default {}.")
        Runtime runtime,

        @Default("false")
        @JsonPropertyDescription(
                "true stops running steps after a checkpoint and starts none; false goes on. Default false.")
        boolean suspend) {

    public TransferExperimentSpec {
        present("encoder", encoder);
        present("task", task);
        present("data", data);
        present("source", source);
        present("evaluate", evaluate);
        present("runtime", runtime);
        stages = list("stages", stages, 1, 16);
        form("source", source, 32, Patterns.LANGUAGE);
        targets = distinct("targets", targets, 0, 128);
        targets.forEach(target -> form("targets", target, 32, Patterns.LANGUAGE));
        seeds = distinct("seeds", seeds, 1, 64);
        seeds.forEach(seed -> within("seeds", seed, 0, Limits.SEED));
    }
}
