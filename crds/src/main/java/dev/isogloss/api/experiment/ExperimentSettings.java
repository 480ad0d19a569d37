package dev.isogloss.api.experiment;

import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.data.Dictionary;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.task.TaskSpec;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings that experiments and runs share. In a manifest they stand beside those of the kind, in the order that
/// the kind gives.
@ValidationRule(
        value = "!(self.source in self.targets)",
        message = "the source language is measured anyway: take it out of targets",
        fieldPath = ".targets")
@ValidationRule(
        value = "!has(self.evaluate.languages) || self.evaluate.languages.all(language, language == self.source || "
                + "language in self.targets)",
        message = "evaluate.languages may only name source and targets: add the language to targets",
        fieldPath = ".evaluate.languages")
@ValidationRule(
        value = "!has(self.data.location.generated) || self.task.type in ['SequenceClassification', "
                + "'NamedEntityRecognition']",
        message = "generated data exists for SequenceClassification and NamedEntityRecognition only: give data.location"
                + " a uri or a claim",
        fieldPath = ".task.type")
@ValidationRule(
        value = "has(self.task.head) && self.task.head == 'Token' ? self.task.type in ['NamedEntityRecognition', "
                + "'PartOfSpeechTagging'] : true",
        message = "head Token is for tasks that label words; leave head out",
        fieldPath = ".task.head")
@ValidationRule(
        value = "!has(self.task.head) || self.task.head != 'Biaffine' || self.task.type == 'DependencyParsing'",
        message = "head Biaffine is for DependencyParsing; leave head out",
        fieldPath = ".task.head")
@ValidationRule(
        value = "!has(self.task.parser) || self.task.type == 'DependencyParsing'",
        message = "task.parser is for DependencyParsing; leave it out",
        fieldPath = ".task.parser")
@ValidationRule(
        value = "self.task.type != 'DependencyParsing' || !self.evaluate.ensemble",
        message = "evaluate.ensemble averages probabilities of classes, and a tree has none; leave it out",
        fieldPath = ".evaluate.ensemble")
@ValidationRule(
        value =
                "has(self.task.head) && self.task.head in ['Pooled', 'FirstToken'] ? self.task.type in ['SequenceClassification', "
                        + "'SequencePairClassification'] : true",
        message = "heads Pooled and FirstToken are for tasks that label texts; leave head out",
        fieldPath = ".task.head")
public record ExperimentSettings(
        @Meaning("What is predicted.") TaskSpec task,

        @Meaning("The labelled data.") Data data,

        @Meaning("Unlabelled text and translation pairs. Required by whatever pretrains.") @Nullable
        Corpus corpus,

        @Meaning("Words and their neighbours. Required by whatever replaces words.") @Nullable
        Dictionary dictionary,

        @Matches(Form.Language) @Meaning("The language with labels.")
        String source,

        @Items(min = 0, max = 128, distinct = true)
        @Default("[]")
        @Meaning("The languages to transfer to. Default []: measure on the source language only.")
        List<@Matches(Form.Language) String> targets,

        @Items(max = 64, distinct = true)
        @Default("[1]")
        @Meaning("One run of all stages for each seed; scores are means over them. Default [1].")
        List<@Range(min = 0, max = Limits.SEED) Long> seeds,

        @Defaulted @Meaning("What is measured. Default {}: the test split of source and targets.")
        Evaluate evaluate,

        @Meaning("Where results are kept. Without it: ./.isogloss on a laptop, the store that the operator's chart "
                + "names on a cluster.")
        @Nullable
        Storage storage,

        @Defaulted @Meaning("How the steps run. Default {}.")
        Runtime runtime,

        @Default("false")
        @Meaning("true stops running steps after a checkpoint and starts none; false goes on. A laptop ignores it.")
        boolean suspend,

        @Range(min = 0, max = 31536000)
        @Meaning(
                "Seconds after its end, successful or not, after which a cluster deletes it and its steps; results stay in "
                        + "the store. Without it: it stays. A laptop ignores it.")
        @Nullable
        Integer ttlSecondsAfterFinished) {

    public ExperimentSettings {
        Bounds.check(
                ExperimentSettings.class,
                task,
                data,
                corpus,
                dictionary,
                source,
                targets,
                seeds,
                evaluate,
                storage,
                runtime,
                suspend,
                ttlSecondsAfterFinished);
        targets = List.copyOf(targets);
        seeds = List.copyOf(seeds);
    }
}
