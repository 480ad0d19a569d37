package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.data.Dictionary;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.Parser;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.api.task.UniversalRelations;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PoolIdentity;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The parts of a spec as steps hold them: values that the manifest leaves to the task, the source language or the
/// corpus are written out, lists whose order means nothing are sorted, and parts that a step does not read are left
/// out. Two manifests that mean the same work therefore give the same step.
final class SpecResolver {
    private final ExperimentSettings spec;
    private final DatasetParts dataset;

    SpecResolver(ExperimentSettings spec) {
        this.spec = spec;
        this.dataset = new DatasetParts(spec);
    }

    static List<String> sorted(Collection<String> names, String... more) {
        TreeSet<String> all = new TreeSet<>(names);
        Collections.addAll(all, more);
        return List.copyOf(all);
    }

    TaskSpec task() {
        TaskSpec task = spec.task();
        Head head = task.head() != null ? task.head() : task.type().usualHead();
        if (!task.type().labelsTrees())
            return new TaskSpec(task.type(), task.labels(), head, task.variationalDropout());
        return new TaskSpec(
                task.type(),
                task.labels() == null ? UniversalRelations.ALL : task.labels(),
                head,
                task.variationalDropout(),
                task.parser() == null ? Parser.DEFAULT : task.parser());
    }

    private Metric metric(Selection selection) {
        TaskType type = spec.task().type();
        Metric metric = selection.metric() == null ? type.metrics().getFirst() : selection.metric();
        if (!type.metrics().contains(metric))
            throw new InvalidInput("spec.stages: selection.metric is %s, which %s does not have. Choose one of %s."
                    .formatted(metric, type, type.metrics()));
        return metric;
    }

    FineTune fineTune(FineTune settings) {
        return fineTune(settings, null);
    }

    /// @param target the language of a model that is for one target alone; null for a model of all targets
    FineTune fineTune(FineTune settings, @Nullable String target) {
        return fineTuneOn(settings, learntFrom(settings, target));
    }

    /// @param learntFrom languages whose labels the model learns from, whatever the settings say
    FineTune fineTuneOn(FineTune settings, List<String> learntFrom) {
        List<String> languages = sorted(learntFrom);
        return settings.resolved(languages, selection(settings.selection(), languages));
    }

    private List<String> learntFrom(FineTune settings, @Nullable String target) {
        if (settings.learnFrom() == null || target == null)
            return settings.languages() == null ? List.of(spec.source()) : settings.languages();
        return switch (settings.learnFrom()) {
            case Target -> List.of(target);
            case SourceAndTarget -> List.of(spec.source(), target);
        };
    }

    /// @param trained the languages that are scored where the manifest names none
    Selection selection(Selection settings, List<String> trained) {
        return new Selection(
                settings.keep(),
                metric(settings),
                settings.split(),
                settings.languages() == null ? trained : sorted(settings.languages()),
                settings.patience());
    }

    Pretrain pretrain(Pretrain settings) {
        Corpus corpus = declaredCorpus();
        return settings.resolved(
                sorted(settings.languages() == null ? corpus.languages() : settings.languages()), hasPairs(corpus));
    }

    /// The corpus as far as `settings` (resolved) read it.
    CorpusIdentity corpus(Pretrain settings) {
        Corpus corpus = declaredCorpus();
        boolean pairs = settings.pairFraction() > 0;
        return new CorpusIdentity(
                corpus.name(),
                corpus.version(),
                settings.languages() == null ? List.of() : settings.languages(),
                pairs,
                corpus.location().generated());
    }

    /// The translation pairs of the corpus, all languages of it.
    CorpusIdentity pairs() {
        Corpus corpus = declaredCorpus();
        if (!hasPairs(corpus))
            throw new InvalidInput(
                    "spec.corpus.pairs is missing. Translations are ranked: declare where the pairs lie.");
        return new CorpusIdentity(
                corpus.name(),
                corpus.version(),
                sorted(corpus.languages()),
                true,
                corpus.location().generated());
    }

    private Corpus declaredCorpus() {
        Corpus corpus = spec.corpus();
        if (corpus == null)
            throw new InvalidInput("spec.corpus is missing. Pretraining reads text: declare where it lies.");
        return corpus;
    }

    private static boolean hasPairs(Corpus corpus) {
        var generated = corpus.location().generated();
        return corpus.pairs() != null || generated != null && generated.pairs() > 0;
    }

    /// The part of the dataset that a training (resolved) reads: training splits, and the split it selects by.
    DatasetIdentity trainingData(FineTune settings) {
        List<String> languages = new ArrayList<>();
        if (settings.languages() != null) languages.addAll(settings.languages());
        if (settings.selection().languages() != null)
            languages.addAll(settings.selection().languages());
        languages.add(spec.source());
        return data(
                sorted(languages), sorted(List.of("train", settings.selection().split())));
    }

    List<String> measuredLanguages() {
        List<String> languages = spec.evaluate().languages();
        return languages != null ? sorted(languages) : sorted(spec.targets(), spec.source());
    }

    /// The measuring of a model on these languages and the splits that the spec names.
    EvaluateStep evaluation(StepKey model, List<String> languages, EncoderSpec encoder) {
        List<String> splits = sorted(spec.evaluate().splits());
        return new EvaluateStep(
                Revisions.EVALUATE,
                model,
                task(),
                data(languages, splits),
                languages,
                splits,
                encoder.maxLength(),
                encoder.precision());
    }

    /// The dictionary that a stage looks words up in.
    DictionaryIdentity dictionary(String stage) {
        Dictionary dictionary = spec.dictionary();
        if (dictionary == null)
            throw new InvalidInput(
                    "spec.dictionary is missing. The stage %s looks words up: declare where the words and their neighbours lie."
                            .formatted(stage));
        return new DictionaryIdentity(dictionary.name(), dictionary.version());
    }

    /// The dataset as far as these languages and splits of it are read.
    DatasetIdentity data(List<String> languages, List<String> splits) {
        return dataset.of(languages, splits);
    }

    /// A split of some languages as texts that models label, or the copies that a step made of it.
    PoolIdentity pool(List<String> languages, String split, @Nullable StepKey copies) {
        return new PoolIdentity(spec.task().type(), data(languages, List.of(split)), languages, split, copies);
    }
}
