package dev.isogloss.trainer.step.train;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.api.method.Selection;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.RobustInputs;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.plan.step.TranslationInputs;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.language.LabelAlignmentLoss;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.BilingualTexts;
import dev.isogloss.trainer.step.inputs.EarlyStopOfRounds;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
import dev.isogloss.trainer.step.inputs.PseudoLabelSplits;
import dev.isogloss.trainer.step.inputs.RejectedTraining;
import dev.isogloss.trainer.step.train.ModelTraining.Recipe;
import dev.isogloss.trainer.step.train.ModelTraining.Started;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.task.TaskHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Supervised training of an encoder and a head on labelled data, pseudo-labels and translations.
public record TrainRunner(TrainStep spec, StepInputs inputs) {

    public StepResult run() throws IOException {
        Optional<StepResult> kept = EarlyStopOfRounds.kept(spec.pseudoLabels(), inputs);
        if (kept.isPresent()) return kept.get();
        Optional<StepResult> untaught = RejectedTraining.withoutLabels(spec, inputs);
        if (untaught.isPresent()) return untaught.get();
        FineTune settings = spec.settings();
        List<String> languages = settings.languages() == null ? List.of(spec.source()) : settings.languages();
        List<Split> gold = languages.stream()
                .map(language -> data().split(language, "train"))
                .toList();
        LabelSet labels = LabelSet.of(spec.task().labels(), gold);
        labels.differences(gold).forEach(inputs.journal()::noteOnce);
        return new ModelTraining(Task.of(spec.task()), spec.maxLength(), spec.precision(), inputs)
                .run(start(labels), (model, items) -> read(model, items, gold, languages));
    }

    private LabelledData data() {
        return new LabelledData(spec.data(), spec.task().type(), inputs);
    }

    private Recipe read(Model model, ItemReader reader, List<Split> gold, List<String> languages) throws IOException {
        RobustInputs robust = spec.robust();
        RobustItems changed = robust == null ? null : RobustItems.read(robust, gold, reader, spec.seed(), inputs);
        List<List<Item>> sources = new ArrayList<>();
        if (changed != null) sources.addAll(changed.sources());
        else if (spec.pseudoLabels() == null || !spec.pseudoLabels().only())
            for (Split split : gold) sources.add(reader.read(split));
        List<Split> pseudoLabelled = PseudoLabelSplits.splits(spec.pseudoLabels(), inputs);
        sources.addAll(bySelection(pseudoLabelled, reader));
        if (spec.pseudoLabels() != null)
            inputs.journal()
                    .fact(
                            Fact.PseudoLabels,
                            pseudoLabelled.stream().mapToDouble(Split::size).sum());
        int labelled = sources.stream().mapToInt(List::size).sum();
        sources.add(translations(gold, reader));
        List<Item> items =
                new ArrayList<>(sources.stream().flatMap(List::stream).toList());
        inputs.journal().fact(Fact.Sequences, items.size());
        if (changed != null) items.addAll(changed.copies());
        OverlapCounts overlaps = new OverlapCounts(gold, inputs.journal());
        Selection selection = spec.settings().selection();
        CheckpointScoring scoring = CheckpointScoring.read(
                selection.isScored(), selection, spec.settings().evaluateEvery(), languages, data(), reader, overlaps);
        return new Recipe(
                items,
                scoring,
                _ -> new Started(new FineTuning(
                        model,
                        sources,
                        spec.settings(),
                        spec.precision(),
                        spec.seed(),
                        changed == null ? alignment(labelled) : changed.objective(spec, model))),
                spec.encoder() instanceof EncoderOrigin.FromStep before ? before.by() : null);
    }

    /// The items of each selection, which is a source of its own. Not through the cache: next round's labels differ.
    private static Collection<List<Item>> bySelection(List<Split> pseudoLabelled, ItemReader reader) {
        Map<SourceFile, List<Item>> bySelection = new LinkedHashMap<>();
        for (Split split : pseudoLabelled)
            bySelection.computeIfAbsent(split.file(), _ -> new ArrayList<>()).addAll(reader.readOnce(split));
        return bySelection.values();
    }

    /// Translations of some of the labelled texts, as more of them.
    private List<Item> translations(List<Split> gold, ItemReader reader) {
        TranslationInputs bilingual = spec.translations();
        if (bilingual == null) return List.of();
        BilingualTexts texts =
                BilingualTexts.read(bilingual, spec.task().type(), gold, reader.labels(), spec.seed(), inputs);
        return reader.readOnce(texts.translations());
    }

    /// @param labelled how many items come before the translations
    private AuxiliaryObjective alignment(int labelled) {
        TranslationInputs bilingual = spec.translations();
        LabelAlignment settings = bilingual == null ? null : bilingual.alignment();
        return settings == null ? AuxiliaryObjective.NONE : new LabelAlignmentLoss(settings, labelled);
    }

    /// A model that a training made for these labels goes on with its head; any other encoder gets a new one.
    private Model start(LabelSet labels) throws IOException {
        if (spec.encoder() instanceof EncoderOrigin.FromStep made) {
            Optional<Model> fitting = ModelFiles.readFitting(inputs.model(made.by()), head(), labels);
            if (fitting.isPresent()) return fitting.get();
        }
        if (spec.settings().selection().keep() == Selection.Keep.Better)
            throw new InvalidInput(
                    "selection.keep Better compares with the model that this training goes on from, and it"
                            + " starts with a new head. Use Best.");
        OpenedEncoder opened = EncoderOpener.open(spec.encoder(), inputs);
        return Model.fresh(opened.encoder(), head(), labels, opened.tokenizer(), RandomStream.of(spec.seed(), "head"));
    }

    private TaskHead head() {
        return TaskHead.of(spec.task());
    }
}
