package dev.isogloss.trainer.report;

import dev.isogloss.json.Json;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.report.Csv;
import dev.isogloss.trainer.pseudolabel.ExampleName;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The predictions that the rounds of a run left in a store, text by text or word by word, as lines of CSV: of measured
/// splits, of the pool, and of its copies. No more than one text is in memory, and the names of those handed on.
///
/// @param split null: all splits
public record PredictedTexts(
        Plan plan, Store store, @Nullable String split) {
    public static final String TEXTS =
            "run,model,target,seed,round,of,language,split,id,units,loss,confidence,wrong,handedOn\n";
    public static final String WORDS = "run,model,target,seed,round,language,split,id,word,gold,label,logProbability\n";

    /// Of a step that predicts: what, and which languages and splits.
    private record Predicted(String of, List<String> languages, List<String> splits) {}

    /// A line a text.
    public void texts(Consumer<String> out) {
        for (PlannedStep step : plan.steps()) {
            Predicted predicted = predicted(step.spec());
            if (predicted == null || !store.isDone(step.key())) continue;
            Set<ExampleName> handedOn = predicted.of().equals("measured") ? null : handedOn(step.key());
            for (Round round : step.rounds())
                read(
                        step.key(),
                        predicted,
                        (language, split, prediction, _) -> out.accept(Csv.line(
                                plan.name(),
                                round.name(),
                                round.target(),
                                step.seed(),
                                round.number(),
                                predicted.of(),
                                language,
                                split,
                                prediction.id(),
                                prediction.probabilities().length,
                                prediction.selfLoss(),
                                prediction.confidence(),
                                wrong(prediction),
                                handedOn == null
                                        ? null
                                        : handedOn.contains(new ExampleName(language, prediction.id())) ? 1 : 0)));
        }
    }

    /// A line for each label of each word of the measured splits.
    public void words(Consumer<String> out) {
        for (PlannedStep step : plan.steps()) {
            Predicted predicted = predicted(step.spec());
            if (predicted == null || !predicted.of().equals("measured") || !store.isDone(step.key())) continue;
            for (Round round : step.rounds())
                read(step.key(), predicted, (language, split, prediction, labels) -> {
                    float[][] words = prediction.probabilities();
                    for (int word = 0; word < words.length; word++)
                        for (int label = 0; label < labels.size(); label++)
                            out.accept(Csv.line(
                                    plan.name(),
                                    round.name(),
                                    round.target(),
                                    step.seed(),
                                    round.number(),
                                    language,
                                    split,
                                    prediction.id(),
                                    word,
                                    prediction.gold() == null
                                            ? null
                                            : prediction.gold().get(word),
                                    labels.get(label),
                                    Math.log(words[word][label])));
                });
        }
    }

    private static @Nullable Predicted predicted(StepSpec spec) {
        return spec instanceof EvaluateStep of
                ? new Predicted("measured", of.languages(), of.splits())
                : spec instanceof EnsembleStep of
                        ? new Predicted("measured", of.languages(), of.splits())
                        : spec instanceof PredictPoolStep of
                                ? new Predicted(
                                        of.copies() == null ? "pool" : "copies", of.languages(), List.of(of.split()))
                                : null;
    }

    private static @Nullable Integer wrong(Prediction prediction) {
        List<String> gold = prediction.gold();
        if (gold == null) return null;
        int wrong = 0;
        for (int i = 0; i < gold.size(); i++)
            if (!gold.get(i).equals(prediction.predicted().get(i))) wrong++;
        return wrong;
    }

    private interface Reader {
        void read(String language, String split, Prediction prediction, List<String> labels);
    }

    private void read(StepKey step, Predicted predicted, Reader reader) {
        Path folder = store.predictions(step);
        try {
            List<String> labels = null;
            for (String language : predicted.languages())
                for (String each : predicted.splits()) {
                    // a step that kept the model of the round before predicts nothing
                    if (split != null && !split.equals(each) || !Files.exists(Predictions.file(folder, language, each)))
                        continue;
                    if (labels == null) labels = Predictions.labels(folder);
                    try (BufferedReader lines = Predictions.open(folder, language, each)) {
                        for (Prediction next = Predictions.next(lines); next != null; next = Predictions.next(lines))
                            reader.read(language, each, next, labels);
                    }
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The texts that any step handed on with the labels of this labelling.
    private Set<ExampleName> handedOn(StepKey labelling) {
        Set<ExampleName> names = new HashSet<>();
        for (PlannedStep step : plan.steps())
            if (reads(step.spec(), labelling) && store.isDone(step.key())) add(step.key(), names);
        return names;
    }

    private static boolean reads(StepSpec spec, StepKey labelling) {
        return spec instanceof AgreeStep agree && agree.predictions().contains(labelling)
                || spec instanceof SelectPseudoLabelsStep select
                        && select.predictions().equals(labelling);
    }

    private void add(StepKey selection, Set<ExampleName> names) {
        Path file = store.selected(selection).resolve(PseudoLabels.LABELS);
        if (!Files.exists(file)) return;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                names.add(Json.PLAIN.readValue(line, PseudoLabel.class).name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
