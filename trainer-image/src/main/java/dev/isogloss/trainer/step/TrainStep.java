package dev.isogloss.trainer.step;

import dev.isogloss.api.FineTune;
import dev.isogloss.api.Head;
import dev.isogloss.api.LabelAlignment;
import dev.isogloss.api.Metric;
import dev.isogloss.api.Selection;
import dev.isogloss.plan.Bilingual;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.StepResult;
import dev.isogloss.plan.StepSpec;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.encoder.Compaction;
import dev.isogloss.trainer.loop.LearningRate;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.FineTuning;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.language.LabelAligning;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tensor.RandomStream;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Supervised training: reads the labelled data, trains, keeps the checkpoint that the manifest asks for, saves a
/// folder that `transformers` opens.
final class TrainStep {
    private final StepSpec.Train spec;
    private final Workbench bench;
    private final Task task;
    private final LabelledData data;

    TrainStep(StepSpec.Train spec, Workbench bench) {
        this.spec = spec;
        this.bench = bench;
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    StepResult run() throws IOException {
        Optional<StepResult> kept = Taught.kept(spec, bench);
        if (kept.isPresent()) return kept.get();
        FineTune settings = spec.settings();
        List<String> languages = settings.languages() == null ? List.of(spec.source()) : settings.languages();
        List<Split> train = splits(languages, "train");
        LabelSet labels = labels(train);
        Model model = start(labels);
        try {
            StepResult result = train(model, train, languages);
            bench.models().give(bench.key(), model);
            return result;
        } catch (Throwable failure) {
            model.close();
            throw failure;
        }
    }

    private StepResult train(Model model, List<Split> train, List<String> languages) throws IOException {
        FineTune settings = spec.settings();
        try (Tokenizer tokenizer = Encoders.tokenizer(model.tokenizer(), model.encoder(), spec.maxLength())) {
            bench.requireRoom(model.encoder(), spec.maxLength(), "spec.encoder.maxLength");
            bench.tuneFor(model.encoder(), spec.precision());
            List<Split> taught = Taught.splits(spec.lessons(), bench);
            List<Item> labelled = Stream.concat(
                            train.stream().flatMap(split -> items(split, model.labels(), tokenizer).stream()),
                            Taught.items(taught, task, model.labels(), tokenizer, spec.maxLength()).stream())
                    .toList();
            List<Item> items = Stream.concat(labelled.stream(), translations(train, model, tokenizer).stream())
                    .toList();
            Overlaps overlaps = new Overlaps(train, bench);
            Selecting selecting = selecting(languages, overlaps, model.labels(), tokenizer);
            Compaction words = model.compact(
                    Stream.concat(items.stream(), selecting.items()).toList());
            model.encoder().recompute(bench.context().options().activationCheckpointing());
            FineTuning method =
                    new FineTuning(model, items, settings, spec.precision(), spec.seed(), alignment(labelled.size()));
            TrainingOutcome outcome = bench.train(method, scoring(method, model, selecting));
            words.restore(shrunk(method.groups().getFirst(), outcome.kept()));
            model.encoder().expand();
            ModelFolders.write(bench.folder().model(), model);
            Map<String, Double> facts = facts(outcome, items, overlaps);
            if (spec.lessons() != null)
                facts.put(
                        "pseudoLabels", taught.stream().mapToDouble(Split::size).sum());
            return bench.result(List.of(), facts);
        }
    }

    /// Translations of some of the labelled texts, as more of them.
    private List<Item> translations(List<Split> train, Model model, Tokenizer tokenizer) {
        Bilingual bilingual = spec.bilingual();
        if (bilingual == null) return List.of();
        BilingualTexts texts =
                BilingualTexts.read(bilingual, spec.task().type(), train, model.labels(), spec.seed(), bench);
        return task.items(texts.translations(), model.labels(), tokenizer, spec.maxLength());
    }

    /// @param labelled how many items come before the translations
    private FineTuning.@Nullable Companion alignment(int labelled) {
        Bilingual bilingual = spec.bilingual();
        LabelAlignment settings = bilingual == null ? null : bilingual.alignment();
        return settings == null ? null : new LabelAligning(settings, labelled);
    }

    private static Map<String, Double> facts(TrainingOutcome outcome, List<Item> items, Overlaps overlaps) {
        Map<String, Double> facts = new LinkedHashMap<>(overlaps.facts());
        facts.put("updates", (double) outcome.updates());
        facts.put("keptUpdate", (double) outcome.kept());
        facts.put("sequences", (double) items.size());
        if (!Double.isNaN(outcome.bestScore())) facts.put("selectionScore", outcome.bestScore());
        return facts;
    }

    /// A model that a training made for these labels goes on with its head; any other encoder gets a new one.
    private Model start(LabelSet labels) throws IOException {
        if (spec.encoder() instanceof EncoderOrigin.Made made) {
            Path folder = bench.context().store().model(made.by());
            Optional<Model> fitting = ModelFolders.readFitting(folder, head(), labels);
            if (fitting.isPresent()) return fitting.get();
        }
        Encoders.Opened opened = Encoders.open(spec.encoder(), bench);
        return Model.fresh(opened.encoder(), head(), labels, opened.tokenizer(), RandomStream.of(spec.seed(), "head"));
    }

    private ClassifierHead head() {
        Head asked = spec.task().head();
        return new ClassifierHead(
                asked == null ? task.defaultHead() : asked, spec.task().variationalDropout());
    }

    private List<Split> splits(List<String> languages, String name) {
        return languages.stream().map(language -> data.split(language, name)).toList();
    }

    private LabelSet labels(List<Split> train) {
        LabelSet labels = LabelSet.of(spec.task().labels(), train);
        labels.differences(train).forEach(bench::noteOnce);
        return labels;
    }

    private List<Item> items(Split split, LabelSet labels, Tokenizer tokenizer) {
        return bench.items().items(task, split, labels, tokenizer, spec.maxLength());
    }

    private Selecting selecting(List<String> trained, Overlaps overlaps, LabelSet labels, Tokenizer tokenizer) {
        Selection selection = spec.settings().selection();
        Metric metric = selection.metric() == null ? task.metrics().getFirst() : selection.metric();
        if (!Selecting.scores(selection)) return new Selecting(task, metric, List.of());
        List<String> languages = selection.languages() == null ? trained : selection.languages();
        List<Selecting.Scored> scored = new ArrayList<>();
        for (String language : languages) {
            Split split = data.split(language, selection.split());
            LabelSet.requireLabelled(split, Selecting.OTHERWISE);
            overlaps.count(split);
            scored.add(new Selecting.Scored(split, items(split, labels, tokenizer)));
        }
        return new Selecting(task, metric, scored);
    }

    private @Nullable Scoring scoring(FineTuning method, Model model, Selecting selecting) {
        if (selecting.isNone()) return null;
        Integer every = spec.settings().evaluateEvery();
        Selection selection = spec.settings().selection();
        return new Scoring(
                every == null ? method.updatesPerEpoch() : every,
                selection.patience(),
                selection.keep() == Selection.Keep.Best,
                () -> selecting.scores(model, spec.precision()));
    }

    /// What weight decay alone did to the rows of the word table that no text read: Π(1 − ηλ).
    static double shrunk(ParameterGroup group, long updates) {
        LearningRate rate = group.rate();
        double product = 1;
        for (long update = 0; update < updates; update++)
            product *= 1 - rate.at(update) * group.optimiser().weightDecay();
        return product;
    }
}
