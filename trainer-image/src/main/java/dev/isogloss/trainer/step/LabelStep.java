package dev.isogloss.trainer.step;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Label;
import dev.isogloss.plan.StepResult;
import dev.isogloss.summary.RoundRow;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One model on a whole pool, a piece at a time: texts, tokens and probabilities of one piece are all that is in
/// memory.
///
/// The pool's own labels are not looked at; they are only carried along, for whoever counts how many pseudo-labels are
/// wrong.
final class LabelStep {
    /// Large enough that sorting by length leaves little padding, small enough to be nothing.
    static final int PIECE = 2048;

    private final Label spec;
    private final Workbench bench;
    private final Task task;
    private final LabelledData data;
    private long of;
    private long done;
    private long started;

    LabelStep(Label spec, Workbench bench) {
        this.spec = spec;
        this.bench = bench;
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    StepResult run() throws IOException {
        if (Taught.keptItsModel(spec.model(), bench))
            return bench.result(List.of(), Map.of(RoundRow.LABELLED, 0.0, RoundRow.STOPPED, 1.0));
        for (String language : spec.languages()) of += count(language);
        bench.inputsAreSound();
        Model model = bench.models()
                .take(spec.model())
                .orElseGet(() -> ModelFolders.read(
                        bench.context().store().folder(spec.model()).model()));
        try (Tokenizer tokenizer = Tokenizer.of(model.tokenizer(), spec.maxLength())) {
            Files.createDirectories(bench.folder().predictions());
            Predictions.writeLabels(bench.folder().predictions(), model.labels().labels());
            started = System.nanoTime();
            for (String language : spec.languages()) label(language, model, tokenizer);
        } finally {
            bench.models().give(spec.model(), model);
        }
        return bench.result(List.of(), Map.of(RoundRow.LABELLED, (double) done));
    }

    /// Reads the split once before anything is computed: its size, and that no two examples are called alike.
    private long count(String language) {
        Names names = new Names();
        data.stream(
                language, spec.split(), PIECE, piece -> piece.examples().forEach(example -> names.add(example.id())));
        if (names.firstTwice() >= 0)
            throw new InvalidInput(("Two examples of split \"%s\" of language \"%s\" have the same name (the second is"
                            + " number %,d of the split). Models hand each other labels by name: make the ids of the pool"
                            + " unique, or name no id under data.fields, and line numbers are taken.")
                    .formatted(spec.split(), language, names.firstTwice() + 1));
        return names.size();
    }

    private void label(String language, Model model, Tokenizer tokenizer) throws IOException {
        AtomicFiles.file(Predictions.file(bench.folder().predictions(), language, spec.split()), file -> {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                data.stream(language, spec.split(), PIECE, piece -> {
                    try {
                        for (Prediction prediction : predictions(piece, model, tokenizer))
                            Predictions.write(out, prediction);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
        });
    }

    private List<Prediction> predictions(Split piece, Model model, Tokenizer tokenizer) {
        if (bench.context().stop().requested())
            throw new Stopped("after labelling %,d of %,d examples".formatted(done, of));
        List<Item> items = task.items(Unlabelled.of(piece), model.labels(), tokenizer, spec.maxLength());
        List<float[][]> probabilities = Predictor.probabilities(model, items, spec.precision(), _ -> {});
        done += piece.size();
        double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
        bench.context().progress().update(done, of, Double.NaN, done / seconds, Double.NaN);
        return new ArrayList<>(task.predictions(piece, items, probabilities, model.labels()));
    }
}
