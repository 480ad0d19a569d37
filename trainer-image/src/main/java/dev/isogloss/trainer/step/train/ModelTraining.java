package dev.isogloss.trainer.step.train;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.encoder.VocabularyReduction;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The training of a model, the same for every method: reduces the word table to what is read, trains, gives the table
/// back its other words, writes the model, and records how it went.
record ModelTraining(Task task, int maxLength, Precision precision, StepInputs inputs) {
    private static final String WORD_TABLE = "embeddings.word_embeddings.weight";

    /// Reads what a kind of step learns from.
    @FunctionalInterface
    interface Reading {
        Recipe read(Model model, ItemReader items) throws IOException;
    }

    /// The data of a training, and the method that learns from it.
    ///
    /// @param items  everything that the method reads
    /// @param before the model that the training goes on from, if its files stand for those of a rejected training
    record Recipe(
            List<Item> items,
            CheckpointScoring scoring,
            Start start,
            @Nullable StepKey before) {
        Recipe(List<Item> items, CheckpointScoring scoring, Start start) {
            this(items, scoring, start, null);
        }
    }

    /// Makes the method, on a model whose word table holds what is read and no more.
    @FunctionalInterface
    interface Start {
        /// @param read the method's items and those that checkpoints are scored on
        Started on(List<Item> read) throws IOException;
    }

    /// A method, and what the result says of it beside the training's own facts.
    ///
    /// @param facts asked for after the training
    record Started(Method method, Supplier<Facts> facts) {
        Started(Method method) {
            this(method, () -> Facts.NONE);
        }
    }

    /// @param model handed on to the next step, or closed
    StepResult run(Model model, Reading reading) throws IOException {
        try {
            StepResult result = train(model, reading);
            inputs.handOn(model);
            return result;
        } catch (Throwable failure) {
            model.close();
            throw failure;
        }
    }

    private StepResult train(Model model, Reading reading) throws IOException {
        try (Tokenizer tokenizer =
                EncoderOpener.tokenizer(model.tokenizer(), model.encoder(), maxLength, inputs.journal())) {
            EncoderOpener.prepare(model.encoder(), maxLength, "spec.encoder.maxLength", precision, inputs);
            ItemReader items =
                    new ItemReader(task, model.labels(), tokenizer, maxLength, inputs.items(), inputs.journal());
            Recipe recipe = reading.read(model, items);
            List<Item> read = Stream.concat(
                            recipe.items().stream(), recipe.scoring().items())
                    .toList();
            VocabularyReduction words = model.compact(read);
            Started started = recipe.start().on(read);
            try (Method method = started.method()) {
                StepOutput output = inputs.prove();
                TrainingOutcome outcome = output.train(method, recipe.scoring().of(method, model, precision));
                words.applyDecay(decayOfWords(method, outcome.kept()));
                inputs.journal().facts(started.facts().get());
                record(outcome);
                model.encoder().expand();
                save(model, recipe.before(), outcome, output);
                return output.result(List.of());
            }
        }
    }

    private void save(Model model, @Nullable StepKey before, TrainingOutcome outcome, StepOutput output)
            throws IOException {
        if (!outcome.isRejected() || before == null) {
            ModelFiles.write(output.folder().model(), model);
            return;
        }
        Path unchanged = inputs.model(before);
        AtomicFiles.folder(output.folder().model(), folder -> HardLinks.folder(unchanged, folder));
    }

    private void record(TrainingOutcome outcome) {
        inputs.journal().fact(Fact.Updates, outcome.updates());
        inputs.journal().fact(Fact.KeptUpdate, outcome.kept());
        if (!Double.isNaN(outcome.bestScore())) inputs.journal().fact(Fact.SelectionScore, outcome.bestScore());
        if (Double.isNaN(outcome.bar())) return;
        inputs.journal().fact(Fact.Bar, outcome.bar());
        inputs.journal().fact(Fact.Accepted, outcome.isRejected() ? 0 : 1);
    }

    /// The factor by which weight decay alone shrank words that no text read, over the groups that train the word
    /// table.
    private static double decayOfWords(Method method, long updates) {
        return method.groups().stream()
                .filter(group -> group.parameters().containsKey(WORD_TABLE))
                .mapToDouble(group -> group.decay(updates))
                .reduce(1, (a, b) -> a * b);
    }
}
