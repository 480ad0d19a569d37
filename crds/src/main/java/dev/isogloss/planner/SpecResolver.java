package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.DatasetIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The parts of a spec as steps hold them: what the manifest left to the task, the source language or the corpus is
/// written out, lists whose order means nothing are sorted, and what a step does not read is left out. So two manifests
/// that mean the same work say it in the same words.
final class SpecResolver {
    private final ExperimentInputs spec;

    SpecResolver(ExperimentInputs spec) {
        this.spec = spec;
    }

    static List<String> sorted(Collection<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    TaskSpec task() {
        TaskSpec task = spec.task();
        Head head = task.head() != null ? task.head() : usualHead(task.type());
        return new TaskSpec(task.type(), task.labels(), head, task.variationalDropout());
    }

    private static Head usualHead(TaskType type) {
        return switch (type) {
            case SequenceClassification, SequencePairClassification -> Head.Pooled;
            case NamedEntityRecognition, PartOfSpeechTagging, DependencyParsing -> Head.Token;
        };
    }

    private static Metric mainMetric(TaskType type) {
        return switch (type) {
            case SequenceClassification, SequencePairClassification, PartOfSpeechTagging -> Metric.Accuracy;
            case NamedEntityRecognition -> Metric.SpanF1;
            case DependencyParsing -> Metric.LabelledAttachment;
        };
    }

    private static Set<Metric> metrics(TaskType type) {
        return switch (type) {
            case SequenceClassification, SequencePairClassification, PartOfSpeechTagging ->
                EnumSet.of(Metric.Accuracy, Metric.MacroF1);
            case NamedEntityRecognition -> EnumSet.of(Metric.SpanF1, Metric.Accuracy);
            case DependencyParsing -> EnumSet.of(Metric.LabelledAttachment, Metric.UnlabelledAttachment);
        };
    }

    private Metric metric(Selection selection) {
        TaskType type = spec.task().type();
        Metric metric = selection.metric() == null ? mainMetric(type) : selection.metric();
        if (!metrics(type).contains(metric))
            throw new InvalidInput("spec.stages: selection.metric is %s, which %s does not have. Choose one of %s."
                    .formatted(metric, type, metrics(type)));
        return metric;
    }

    FineTune fineTune(FineTune given) {
        return fineTune(given, null);
    }

    /// @param target where each has a model of its own; the languages it learns from are then written out
    FineTune fineTune(FineTune given, @Nullable String target) {
        List<String> languages = sorted(learntFrom(given, target));
        return new FineTune(
                languages,
                given.epochs(),
                given.maxUpdates(),
                given.batchSize(),
                given.gradientAccumulation(),
                given.learningRate(),
                given.labelSmoothing(),
                given.confidencePenalty(),
                given.penaltyOver(),
                given.dropout(),
                given.headDropout(),
                given.batchOrder(),
                given.sources(),
                given.samplingExponent(),
                given.frozenEmbeddings(),
                given.frozenLayers(),
                given.evaluateEvery(),
                given.optimiser(),
                selection(given.selection(), languages),
                null);
    }

    private List<String> learntFrom(FineTune given, @Nullable String target) {
        if (given.learnFrom() == null || target == null)
            return given.languages() == null ? List.of(spec.source()) : given.languages();
        return switch (given.learnFrom()) {
            case Target -> List.of(target);
            case SourceAndTarget -> List.of(spec.source(), target);
        };
    }

    /// @param trained the languages that are scored where the manifest names none
    Selection selection(Selection given, List<String> trained) {
        return new Selection(
                given.keep(),
                metric(given),
                given.split(),
                given.languages() == null ? trained : sorted(given.languages()),
                given.patience());
    }

    Pretrain pretrain(Pretrain given) {
        Corpus corpus = declaredCorpus();
        return new Pretrain(
                sorted(given.languages() == null ? corpus.languages() : given.languages()),
                given.masking(),
                given.samplingExponent(),
                hasPairs(corpus) ? given.pairFraction() : 0,
                given.epochs(),
                given.maxUpdates(),
                given.batchSize(),
                given.gradientAccumulation(),
                given.maxLength(),
                given.learningRate(),
                given.dropout(),
                given.batchOrder(),
                given.optimiser());
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

    /// What a training (resolved) reads: training splits, and the split it selects by.
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
        List<String> asked = spec.evaluate().languages();
        if (asked != null) return sorted(asked);
        TreeSet<String> all = new TreeSet<>(spec.targets());
        all.add(spec.source());
        return List.copyOf(all);
    }

    /// The dataset as far as these languages and splits of it are read: how others are cut is nobody's business.
    DatasetIdentity data(List<String> languages, List<String> splits) {
        Data data = spec.data();
        var generated = data.location().generated();
        Map<String, Map<String, SplitSource>> cuts = new TreeMap<>();
        keep(cuts, "", data.splits(), splits);
        for (LanguageFiles own : data.languages() == null ? List.<LanguageFiles>of() : data.languages())
            if (languages.contains(own.language())) keep(cuts, own.language(), own.splits(), splits);
        return new DatasetIdentity(
                data.name(),
                data.version(),
                generated == null ? data.format() : DataFormat.JsonLines,
                generated != null ? null : fields(data),
                cuts,
                generated);
    }

    /// Formats that name their fields have names for all that the task reads; the others have none.
    private @Nullable Fields fields(Data data) {
        boolean pair = spec.task().type() == TaskType.SequencePairClassification;
        Fields given = data.fields() != null ? data.fields() : new Fields("text", null, "label", "id");
        String second = given.secondText() != null ? given.secondText() : "text2";
        return switch (data.format()) {
            case JsonLines, TabSeparated -> new Fields(given.text(), pair ? second : null, given.label(), given.id());
            case Xnli, PawsX, WikiAnn, Conll, ConllU -> null;
            case Marc -> data.fields();
        };
    }

    private static void keep(
            Map<String, Map<String, SplitSource>> cuts,
            String language,
            @Nullable Map<String, SplitSource> given,
            List<String> splits) {
        if (given == null) return;
        Map<String, SplitSource> kept = new TreeMap<>(given);
        kept.keySet().retainAll(splits);
        if (!kept.isEmpty()) cuts.put(language, kept);
    }
}
