package dev.isogloss.api.run;

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
import dev.isogloss.api.experiment.Evaluate;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.KeyedBy;
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

/// A run: several models that teach each other over rounds.
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
        value = "self.task.type != 'DependencyParsing'",
        message =
                "a run cannot learn DependencyParsing, where no label stands for a whole tree: choose a task that labels"
                        + " texts or words")
@ValidationRule(
        value = "!has(self.strategy.coTraining) || self.models.size() >= 2",
        message = "coTraining needs two models that teach each other; with one, use selfTraining")
@ValidationRule(
        value = "!self.models.exists(model, has(model.languageAdaptation)) || self.task.type in "
                + "['SequenceClassification', 'SequencePairClassification']",
        message = "languageAdaptation compares whole texts by their classes: it is for SequenceClassification and "
                + "SequencePairClassification")
@ValidationRule(
        value = "!self.models.exists(model, has(model.languageAdaptation) || (has(model.encoder.fromPretraining) &&"
                + " has(model.encoder.fromPretraining.rankTranslations))) || (has(self.corpus) && (has(self.corpus.pairs)"
                + " || has(self.corpus.location.generated)))",
        message = "languageAdaptation and rankTranslations read translation pairs: declare them as spec.corpus.pairs")
@ValidationRule(
        value = "self.task.type in ['NamedEntityRecognition', 'PartOfSpeechTagging'] || "
                + "self.models.all(model, model.fineTune.penaltyOver != 'Tokens')",
        message = "fineTune.penaltyOver: Tokens is for tasks that label words; write Labels")
@ValidationRule(
        value = "self.targets.size() > 0",
        message = "a run learns from unlabelled text of its targets: name at least one under targets")
@ValidationRule(
        value = "!has(self.strategy.coTraining) || self.strategy.coTraining.rounds * self.models.size() <= 500",
        message = "rounds times models may be 500 at most: lower strategy.coTraining.rounds")
@ValidationRule(
        value = "!has(self.strategy.selfTraining) || self.strategy.selfTraining.rounds * self.models.size() <= 500",
        message = "rounds times models may be 500 at most: lower strategy.selfTraining.rounds")
@ValidationRule(
        value = "!has(self.strategy.coTraining) || self.strategy.coTraining.keep == 'Last' && "
                + "self.strategy.coTraining.patience == 0 || self.models.all(model, "
                + "model.fineTune.selection.keep == 'Best')",
        message = "keep: Best and patience compare rounds by the score that selects checkpoints: leave "
                + "models[].fineTune.selection.keep at Best")
@ValidationRule(
        value = "!has(self.strategy.selfTraining) || self.strategy.selfTraining.keep == 'Last' && "
                + "self.strategy.selfTraining.patience == 0 || self.models.all(model, "
                + "model.fineTune.selection.keep == 'Best')",
        message = "keep: Best and patience compare rounds by the score that selects checkpoints; leave "
                + "models[].fineTune.selection.keep at Best")
@ValidationRule(
        value = "!self.models.exists(model, has(model.fineTune.learnFrom)) && !self.evaluate.ensemble",
        message = "fineTune.learnFrom and evaluate.ensemble are for experiments; leave them out of a run")
@ValidationRule(
        value = "!self.models.exists(model, has(model.encoder.fromPretraining)) || has(self.corpus)",
        message = "encoder.fromPretraining reads text: declare it as spec.corpus")
public record CoTrainingRunSpec(
        @Required @JsonPropertyDescription("What is predicted. Required.")
        TaskSpec task,

        @Required @JsonPropertyDescription("The labelled data. Required.")
        Data data,

        @JsonPropertyDescription("Unlabelled text and translation pairs. Required by whatever pretrains.") @Nullable
        Corpus corpus,

        @JsonPropertyDescription("Words and their neighbours. Required by whatever replaces words.") @Nullable
        Dictionary dictionary,

        @Required
        @Size(min = 1, max = 8)
        @KeyedBy("name")
        @JsonPropertyDescription("The models, each with its encoder. Required.")
        List<ModelSpec> models,

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

        @Required @JsonPropertyDescription("How they teach. Required.")
        Strategy strategy,

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

    public CoTrainingRunSpec {
        present("strategy", strategy);
        present("task", task);
        present("data", data);
        present("source", source);
        present("evaluate", evaluate);
        present("runtime", runtime);
        models = list("models", models, 1, 8);
        form("source", source, 32, Patterns.LANGUAGE);
        targets = distinct("targets", targets, 0, 128);
        targets.forEach(target -> form("targets", target, 32, Patterns.LANGUAGE));
        seeds = distinct("seeds", seeds, 1, 64);
        seeds.forEach(seed -> within("seeds", seed, 0, Limits.SEED));
    }
}
