package dev.isogloss.trainer.step.train;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.report.RoundRow;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.encoder.VocabularyReduction;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod.Translated;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.step.inputs.BilingualTexts;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.PseudoLabelSplits;
import dev.isogloss.trainer.store.AtomicFiles;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The second phase of language adaptation: the model of the first goes on over translated texts alone.
public final class SemanticAlignmentRunner {
    private final SemanticAlignmentStep spec;
    private final StepSession bench;
    private final Task task;
    private final LabelledData data;

    public SemanticAlignmentRunner(SemanticAlignmentStep spec, StepSession bench) {
        this.spec = spec;
        this.bench = bench;
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    public StepResult run() throws IOException {
        if (PseudoLabelSplits.keptItsModel(spec.model(), bench)) return keep();
        Model model = bench.models()
                .take(spec.model())
                .orElseGet(() -> ModelFiles.read(bench.context().store().model(spec.model())));
        try {
            StepResult result = train(model);
            bench.models().give(bench.key(), model);
            return result;
        } catch (Throwable failure) {
            model.close();
            throw failure;
        }
    }

    /// The rounds are over: what the first phase kept is kept here, too.
    private StepResult keep() throws IOException {
        Path kept = bench.context().store().model(spec.model());
        AtomicFiles.folder(bench.folder().model(), folder -> HardLinks.folder(kept, folder));
        return bench.result(
                List.of(), PseudoLabelSplits.result(spec.model(), bench).facts());
    }

    private StepResult train(Model model) throws IOException {
        try (Tokenizer tokenizer = EncoderOpener.tokenizer(model.tokenizer(), model.encoder(), spec.maxLength())) {
            bench.tuneFor(model.encoder(), spec.precision());
            List<Split> gold = spec.languages().stream()
                    .map(language -> data.read(language, "train"))
                    .toList();
            BilingualTexts texts =
                    BilingualTexts.read(spec.bilingual(), spec.task().type(), gold, model.labels(), spec.seed(), bench);
            List<Translated> translated = translated(texts, model.labels(), tokenizer);
            CheckpointScoring selecting = selecting(model.labels(), tokenizer);
            VocabularyReduction words = model.compact(
                    Stream.concat(items(translated), selecting.items()).toList());
            model.encoder().recompute(bench.context().options().activationCheckpointing());
            SemanticAlignmentMethod method = new SemanticAlignmentMethod(
                    model,
                    translated,
                    spec.settings(),
                    spec.optimiser(),
                    spec.dropout(),
                    spec.precision(),
                    spec.seed());
            TrainingOutcome outcome = bench.train(method, scoring(method, model, selecting));
            words.restore(TrainRunner.shrunk(method.groups().getFirst(), outcome.kept()));
            model.encoder().expand();
            ModelFiles.write(bench.folder().model(), model);
            return bench.result(List.of(), facts(outcome, translated));
        }
    }

    private static Stream<Item> items(List<Translated> texts) {
        return texts.stream().flatMap(text -> Stream.concat(Stream.of(text.text()), text.translations().stream()));
    }

    private List<Translated> translated(BilingualTexts texts, LabelSet labels, Tokenizer tokenizer) {
        List<Item> sources = task.items(texts.sources(), labels, tokenizer, spec.maxLength());
        List<Item> targets = task.items(texts.translations(), labels, tokenizer, spec.maxLength());
        List<Translated> translated = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < sources.size(); i++) {
            int to = next + texts.texts().get(i).translations().size();
            translated.add(new Translated(sources.get(i), targets.subList(next, to)));
            next = to;
        }
        if (sources.stream().mapToInt(item -> item.targets()[0]).distinct().count() < 2)
            throw new InvalidInput("All translated texts have one label, and semantic alignment needs texts of another"
                    + " beside each. Raise languageAdaptation's translations, or set alignment.semantic.epochs to 0.");
        return translated;
    }

    private CheckpointScoring selecting(LabelSet labels, Tokenizer tokenizer) {
        Selection selection = spec.selection();
        Metric metric = selection.metric() == null ? task.metrics().getFirst() : selection.metric();
        List<CheckpointScoring.Scored> scored = new ArrayList<>();
        if (CheckpointScoring.scores(selection))
            for (String language : selection.languages() == null ? spec.languages() : selection.languages()) {
                Split split = data.split(language, selection.split());
                LabelSet.requireLabelled(split, CheckpointScoring.OTHERWISE);
                scored.add(new CheckpointScoring.Scored(
                        split, bench.items().items(task, split, labels, tokenizer, spec.maxLength())));
            }
        return new CheckpointScoring(task, metric, scored);
    }

    private @Nullable Scoring scoring(SemanticAlignmentMethod method, Model model, CheckpointScoring selecting) {
        if (selecting.isNone()) return null;
        return new Scoring(
                method.updatesPerEpoch(),
                spec.selection().patience(),
                spec.selection().keep(),
                () -> selecting.scores(model, spec.precision()));
    }

    private static Map<String, Double> facts(TrainingOutcome outcome, List<Translated> texts) {
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("updates", (double) outcome.updates());
        facts.put("keptUpdate", (double) outcome.kept());
        facts.put("translatedTexts", (double) texts.size());
        facts.put(
                "translations",
                texts.stream().mapToDouble(text -> text.translations().size()).sum());
        if (!Double.isNaN(outcome.bestScore())) facts.put(RoundRow.SELECTION_SCORE, outcome.bestScore());
        return facts;
    }
}
