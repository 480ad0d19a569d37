package dev.isogloss.trainer.step.train;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.plan.step.TranslationInputs;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.encoder.VocabularyReduction;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.language.LabelAlignmentLoss;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.step.inputs.BilingualTexts;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
import dev.isogloss.trainer.step.inputs.PseudoLabelSplits;
import dev.isogloss.trainer.step.inputs.RejectedTraining;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
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
public final class TrainRunner {
    private final TrainStep spec;
    private final StepSession bench;
    private final Task task;
    private final LabelledData data;

    public TrainRunner(TrainStep spec, StepSession bench) {
        this.spec = spec;
        this.bench = bench;
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    public StepResult run() throws IOException {
        Optional<StepResult> kept = PseudoLabelSplits.kept(spec, bench);
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
        try (Tokenizer tokenizer = EncoderOpener.tokenizer(model.tokenizer(), model.encoder(), spec.maxLength())) {
            bench.requireRoom(model.encoder(), spec.maxLength(), "spec.encoder.maxLength");
            bench.tuneFor(model.encoder(), spec.precision());
            List<Split> taught = PseudoLabelSplits.splits(spec.lessons(), bench);
            List<List<Item>> sources = new ArrayList<>();
            for (Split split : train) sources.add(items(split, model.labels(), tokenizer));
            sources.addAll(PseudoLabelSplits.items(taught, task, model.labels(), tokenizer, spec.maxLength()));
            int labelled = sources.stream().mapToInt(List::size).sum();
            sources.add(translations(train, model, tokenizer));
            List<Item> items = sources.stream().flatMap(List::stream).toList();
            OverlapCounts overlaps = new OverlapCounts(train, bench);
            CheckpointScoring selecting = selecting(languages, overlaps, model.labels(), tokenizer);
            VocabularyReduction words = model.compact(
                    Stream.concat(items.stream(), selecting.items()).toList());
            model.encoder().recompute(bench.context().options().activationCheckpointing());
            FineTuning method =
                    new FineTuning(model, sources, settings, spec.precision(), spec.seed(), alignment(labelled));
            TrainingOutcome outcome = bench.train(method, scoring(method, model, selecting));
            words.restore(AdaptRunner.shrunk(method, outcome.kept()));
            model.encoder().expand();
            save(model, outcome);
            Map<String, Double> facts = facts(outcome, items, overlaps);
            if (spec.lessons() != null)
                facts.put(
                        "pseudoLabels", taught.stream().mapToDouble(Split::size).sum());
            return bench.result(List.of(), facts);
        }
    }

    /// Where no checkpoint was better than the model that the training went on from, that one's files are linked.
    private void save(Model model, TrainingOutcome outcome) throws IOException {
        if (outcome.kept() == 0 && spec.encoder() instanceof EncoderOrigin.FromStep before) {
            Path folder = bench.context().store().model(before.by());
            AtomicFiles.folder(bench.folder().model(), part -> HardLinks.folder(folder, part));
        } else {
            ModelFiles.write(bench.folder().model(), model);
        }
    }

    /// Translations of some of the labelled texts, as more of them.
    private List<Item> translations(List<Split> train, Model model, Tokenizer tokenizer) {
        TranslationInputs bilingual = spec.bilingual();
        if (bilingual == null) return List.of();
        BilingualTexts texts =
                BilingualTexts.read(bilingual, spec.task().type(), train, model.labels(), spec.seed(), bench);
        return task.items(texts.translations(), model.labels(), tokenizer, spec.maxLength());
    }

    /// @param labelled how many items come before the translations
    private AuxiliaryObjective alignment(int labelled) {
        TranslationInputs bilingual = spec.bilingual();
        LabelAlignment settings = bilingual == null ? null : bilingual.alignment();
        return settings == null ? AuxiliaryObjective.NONE : new LabelAlignmentLoss(settings, labelled);
    }

    private static Map<String, Double> facts(TrainingOutcome outcome, List<Item> items, OverlapCounts overlaps) {
        Map<String, Double> facts = new LinkedHashMap<>(overlaps.facts());
        facts.put("updates", (double) outcome.updates());
        facts.put("keptUpdate", (double) outcome.kept());
        facts.put("sequences", (double) items.size());
        if (!Double.isNaN(outcome.bestScore())) facts.put("selectionScore", outcome.bestScore());
        if (!Double.isNaN(outcome.bar())) {
            facts.put("bar", outcome.bar());
            facts.put(RejectedTraining.ACCEPTED, outcome.kept() > 0 ? 1.0 : 0.0);
        }
        return facts;
    }

    /// A model that a training made for these labels goes on with its head; any other encoder gets a new one.
    private Model start(LabelSet labels) throws IOException {
        if (spec.encoder() instanceof EncoderOrigin.FromStep made) {
            Path folder = bench.context().store().model(made.by());
            Optional<Model> fitting = ModelFiles.readFitting(folder, head(), labels);
            if (fitting.isPresent()) return fitting.get();
        }
        if (spec.settings().selection().keep() == Selection.Keep.Better)
            throw new InvalidInput(
                    "selection.keep Better compares with the model that this training goes on from, and it"
                            + " starts with a new head. Use Best.");
        EncoderOpener.Opened opened = EncoderOpener.open(spec.encoder(), bench);
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

    private CheckpointScoring selecting(
            List<String> trained, OverlapCounts overlaps, LabelSet labels, Tokenizer tokenizer) {
        Selection selection = spec.settings().selection();
        Metric metric = selection.metric() == null ? task.metrics().getFirst() : selection.metric();
        if (!CheckpointScoring.scores(selection)) return new CheckpointScoring(task, metric, List.of());
        List<String> languages = selection.languages() == null ? trained : selection.languages();
        List<CheckpointScoring.Scored> scored = new ArrayList<>();
        for (String language : languages) {
            Split split = data.split(language, selection.split());
            LabelSet.requireLabelled(split, CheckpointScoring.OTHERWISE);
            overlaps.count(split);
            scored.add(new CheckpointScoring.Scored(split, items(split, labels, tokenizer)));
        }
        return new CheckpointScoring(task, metric, scored);
    }

    private @Nullable Scoring scoring(FineTuning method, Model model, CheckpointScoring selecting) {
        if (selecting.isNone()) return null;
        Integer every = spec.settings().evaluateEvery();
        Selection selection = spec.settings().selection();
        return new Scoring(
                every == null ? method.updatesPerEpoch() : every,
                selection.patience(),
                selection.keep(),
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
