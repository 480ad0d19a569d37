package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.report.RoundRow;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a training of a later round reads beside its gold labels, and whether it trains at all.
public final class PseudoLabelSplits {
    private PseudoLabelSplits() {}

    /// The model of the round before, where the rounds so far say that another is not worth it.
    ///
    /// @return empty: train
    public static Optional<StepResult> kept(TrainStep spec, StepSession bench) throws IOException {
        PseudoLabelInputs lessons = spec.lessons();
        PseudoLabelInputs.EarlierRounds history = lessons == null ? null : lessons.history();
        if (history == null) return Optional.empty();
        List<List<Double>> scores = history.rounds().stream()
                .map(round ->
                        round.stream().map(key -> selectionScore(key, bench)).toList())
                .toList();
        if (!PseudoLabelInputs.EarlierRounds.isOver(scores, history.patience())) return Optional.empty();
        StepKey last = history.rounds().getLast().get(history.own());
        Path model = bench.context().store().model(last);
        AtomicFiles.folder(bench.folder().model(), folder -> HardLinks.folder(model, folder));
        bench.note("%d rounds without gain: the model of the round before is kept".formatted(history.patience()));
        return Optional.of(bench.result(
                List.of(),
                Map.of(RoundRow.STOPPED, 1.0, RoundRow.SELECTION_SCORE, selectionScore(last, bench), "updates", 0.0)));
    }

    /// Whether a step stands for one of the round before: it is recorded with its result, and so with all that follow.
    public static boolean keptItsModel(StepKey key, StepSession bench) {
        return result(key, bench).facts().getOrDefault(RoundRow.STOPPED, 0.0) > 0;
    }

    public static double selectionScore(StepKey key, StepSession bench) {
        Double score = result(key, bench).facts().get(RoundRow.SELECTION_SCORE);
        if (score == null)
            throw new InvalidInput(("Step %s has no selection score, by which rounds are compared. Leave"
                            + " models[].fineTune.selection.keep at Best, or set strategy's keep to Last and patience to 0.")
                    .formatted(key.brief()));
        return score;
    }

    public static StepResult result(StepKey key, StepSession bench) {
        return bench.context()
                .store()
                .result(key)
                .orElseThrow(
                        () -> new IllegalStateException("step %s, which this one reads, is not done".formatted(key)));
    }

    /// Every selection's pseudo-labels, by language, as splits to learn from.
    public static List<Split> splits(@Nullable PseudoLabelInputs lessons, StepSession bench) throws IOException {
        List<Split> splits = new ArrayList<>();
        if (lessons == null) return splits;
        for (StepKey key : lessons.selected()) {
            Path folder = bench.context().store().selected(key);
            Path file = folder.resolve(PseudoLabels.LABELS);
            String digest = PseudoLabels.manifest(folder).sha256();
            if (!digest.equals(result(key, bench).digests().get(RoundRow.PSEUDO_LABELS)))
                throw new InvalidInput("%s is not what its selection recorded. Remove the folder %s, and it runs again."
                        .formatted(folder, folder.getParent()));
            bench.read(null, Map.of("selected/" + key.brief() + ".jsonl", digest));
            Map<String, List<Example>> byLanguage = new LinkedHashMap<>();
            for (PseudoLabel label : PseudoLabels.read(folder))
                byLanguage
                        .computeIfAbsent(label.language(), _ -> new ArrayList<>())
                        .add(label.example());
            SourceFile source = new SourceFile("selected/" + key.brief() + ".jsonl", file, digest, 0);
            byLanguage.forEach((language, examples) -> splits.add(split(language, examples, source)));
        }
        return splits;
    }

    private static Split split(String language, List<Example> examples, SourceFile file) {
        List<Integer> lines = IntStream.rangeClosed(1, examples.size()).boxed().toList();
        return new Split(language, "selected", examples, lines, file, List.of());
    }

    /// The items of each selection. Not through the cache: next round's labels differ.
    public static List<List<Item>> items(
            List<Split> splits, Task task, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        Map<SourceFile, List<Item>> bySelection = new LinkedHashMap<>();
        for (Split split : splits)
            bySelection
                    .computeIfAbsent(split.file(), _ -> new ArrayList<>())
                    .addAll(task.items(split, labels, tokenizer, maxLength));
        return List.copyOf(bySelection.values());
    }
}
