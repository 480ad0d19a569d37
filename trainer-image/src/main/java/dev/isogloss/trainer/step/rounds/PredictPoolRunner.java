package dev.isogloss.trainer.step.rounds;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.LabelSketch;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.DuplicateIds;
import dev.isogloss.trainer.step.inputs.EarlyStopOfRounds;
import dev.isogloss.trainer.step.inputs.RejectedTraining;
import dev.isogloss.trainer.step.inputs.UnreadTexts;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One model on a whole pool, a piece at a time: texts, tokens and probabilities of one piece are all that is in
/// memory. A piece that is labelled is kept, so that a step that is stopped or killed goes on with the next one.
///
/// The pool's own labels are not looked at; they are only carried along, so that wrong pseudo-labels can be counted.
public final class PredictPoolRunner {
    private final PredictPoolStep spec;
    private final StepInputs inputs;
    private final PoolTexts pool;
    private long of;
    private long done;
    private long before;
    private long started;

    public PredictPoolRunner(PredictPoolStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
        this.pool = new PoolTexts(spec.pool(), inputs);
    }

    public StepResult run() throws IOException {
        if (EarlyStopOfRounds.keptItsModel(spec.model(), inputs)) return keptItsModel();
        Optional<StepResult> linked = RejectedTraining.predictions(spec.model(), this::on, inputs);
        return linked.isPresent() ? linked.get() : predict();
    }

    private PredictPoolStep on(StepKey model) {
        return new PredictPoolStep(
                spec.revision(),
                model,
                spec.task(),
                spec.data(),
                spec.languages(),
                spec.split(),
                spec.maxLength(),
                spec.precision(),
                spec.copies());
    }

    private StepResult predict() throws IOException {
        for (String language : spec.languages()) of += count(language);
        StepOutput output = inputs.prove();
        Model model = inputs.takeModel(spec.model());
        try (Tokenizer tokenizer = Tokenizer.onDemand(model.tokenizer(), spec.maxLength())) {
            Predictions.begin(output.folder().predictions(), model.labels().labels());
            started = System.nanoTime();
            for (String language : spec.languages()) label(language, model, tokenizer, output);
        } finally {
            inputs.giveBack(spec.model(), model);
        }
        if (before > 0) inputs.journal().note("%,d of %,d examples had been labelled before".formatted(before, of));
        inputs.journal().fact(Fact.Labelled, done);
        return output.result(List.of())
                .withLabelSketch(labelSketch(output.folder().predictions()).text());
    }

    private StepResult keptItsModel() {
        inputs.journal().fact(Fact.Labelled, 0);
        return inputs.prove().result(List.of()).withKeptModel();
    }

    private LabelSketch labelSketch(Path predictions) throws IOException {
        LabelSketch labelSketch = new LabelSketch();
        for (String language : spec.languages())
            try (BufferedReader lines = Predictions.open(predictions, language, spec.split())) {
                for (Prediction of = Predictions.next(lines); of != null; of = Predictions.next(lines))
                    labelSketch.add(language, of.id(), of.predicted());
            }
        return labelSketch;
    }

    /// Reads the split once before anything is computed: its size, and that no two examples are called alike.
    private long count(String language) {
        DuplicateIds names = new DuplicateIds();
        pool.stream(language, piece -> piece.examples().forEach(example -> names.add(example.id())));
        if (names.firstTwice() >= 0)
            throw new InvalidInput(("Two examples of split \"%s\" of language \"%s\" have the same name (the second is"
                            + " number %,d of the split). Models hand each other labels by name: make the ids of the pool"
                            + " unique, or name no id under data.fields, and line numbers are taken.")
                    .formatted(spec.split(), language, names.firstTwice() + 1));
        return names.size();
    }

    /// Each piece becomes a file of the checkpoint, and these in their order the file of the language.
    private void label(String language, Model model, Tokenizer tokenizer, StepOutput output) throws IOException {
        Files.createDirectories(output.folder().checkpoint());
        List<Path> pieces = new ArrayList<>();
        UnreadTexts unread = new UnreadTexts(tokenizer);
        try {
            pool.stream(language, piece -> {
                Path file = output.folder()
                        .checkpoint()
                        .resolve("%s-%s.%d.jsonl".formatted(language, spec.split(), pieces.size()));
                pieces.add(file);
                label(piece, file, model, tokenizer, unread, output);
            });
            unread.tell(spec.split() + " of " + language, inputs.journal());
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        AtomicFiles.file(Predictions.file(output.folder().predictions(), language, spec.split()), file -> {
            try (OutputStream out = Files.newOutputStream(file)) {
                for (Path piece : pieces) Files.copy(piece, out);
            }
        });
    }

    private void label(
            Split piece, Path file, Model model, Tokenizer tokenizer, UnreadTexts unread, StepOutput output) {
        inputs.stopIfRequested("after labelling %,d of %,d examples".formatted(done, of));
        boolean known = Files.exists(file);
        if (known) before += piece.size();
        else {
            write(predictions(piece, model, tokenizer, unread), file);
            output.keepCheckpoint();
        }
        done += piece.size();
        double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
        if (!known) inputs.journal().progress(done, of, (done - before) / seconds);
    }

    private static void write(List<Prediction> predictions, Path target) {
        try {
            AtomicFiles.file(target, file -> {
                try (BufferedWriter out = Files.newBufferedWriter(file)) {
                    for (Prediction prediction : predictions) Predictions.write(out, prediction);
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<Prediction> predictions(Split piece, Model model, Tokenizer tokenizer, UnreadTexts unread) {
        Task task = Task.of(spec.task());
        UnlabelledItems texts = new UnlabelledItems(
                inputs.items().part(task, Unlabelled.of(piece), model.labels(), tokenizer, spec.maxLength()));
        unread.add(piece, texts.items());
        List<float[][]> probabilities = Predictor.probabilities(model, texts.items(), spec.precision(), _ -> {});
        return task.predictions(piece, texts.items(), probabilities, model.labels());
    }
}
