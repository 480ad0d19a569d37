package dev.isogloss.trainer.step;

import dev.isogloss.api.Adaptation;
import dev.isogloss.api.Metric;
import dev.isogloss.api.Selection;
import dev.isogloss.plan.Adapt;
import dev.isogloss.plan.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.encoder.Compaction;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.iwda.TransferData;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A trained model taken to one target language: reads the source's labels and the target's texts, adapts, saves a
/// folder that `transformers` opens.
final class AdaptStep {
    private static final String WORD_TABLE = "embeddings.word_embeddings.weight";

    private final Adapt spec;
    private final Adaptation settings;
    private final Workbench bench;
    private final AdaptMethods methods;
    private final Task task;
    private final LabelledData data;

    AdaptStep(Adapt spec, Workbench bench) {
        this.spec = spec;
        this.settings = spec.settings();
        this.bench = bench;
        this.methods = new AdaptMethods(spec, bench);
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    StepResult run() throws IOException {
        Split source = data.split(spec.source(), "train");
        LabelSet.requireLabelled(source, "The source language is learnt from: label the example, or remove the line.");
        Split target = data.split(spec.target(), settings.unlabelledSplit());
        Model given = ModelFolders.read(bench.context().store().model(spec.model()));
        Model trained = given;
        try {
            trained = methods.trained(given);
            StepResult result = adapt(given, trained, source, target);
            bench.models().give(bench.key(), trained);
            if (trained != given) given.close();
            return result;
        } catch (Throwable failure) {
            if (trained != given) trained.close();
            given.close();
            throw failure;
        }
    }

    private StepResult adapt(Model given, Model model, Split source, Split target) throws IOException {
        try (Tokenizer tokenizer = Encoders.tokenizer(model.tokenizer(), model.encoder(), spec.maxLength())) {
            bench.requireRoom(model.encoder(), spec.maxLength(), "spec.encoder.maxLength");
            bench.tuneFor(model.encoder(), spec.precision());
            List<Item> labelled = items(source, model, tokenizer);
            List<Item> unlabelled = items(target, model, tokenizer);
            TransferData read =
                    new TransferData(labelled, unlabelled, model.labels().size());
            Overlaps overlaps = new Overlaps(List.of(source), bench);
            Selecting selecting = selecting(model, tokenizer, overlaps);
            List<Item> used = Stream.of(labelled.stream(), unlabelled.stream(), selecting.items())
                    .flatMap(items -> items)
                    .toList();
            Compaction words = model.compact(used);
            model.encoder().recompute(bench.context().options().activationCheckpointing());
            Map<String, Double> facts = new LinkedHashMap<>(overlaps.facts());
            TrainingOutcome outcome;
            try (Method method = methods.method(given, model, read, used)) {
                outcome = bench.train(method, scoring(method, model, selecting));
                words.restore(shrunk(method, outcome.kept()));
                facts.putAll(methods.facts(method, model, read));
            }
            model.encoder().expand();
            ModelFolders.write(bench.folder().model(), model);
            facts.put("updates", (double) outcome.updates());
            facts.put("keptUpdate", (double) outcome.kept());
            facts.put("sequences", (double) labelled.size());
            facts.put("unlabelledSequences", (double) unlabelled.size());
            if (!Double.isNaN(outcome.bestScore())) facts.put("selectionScore", outcome.bestScore());
            return bench.result(List.of(), facts);
        }
    }

    /// What weight decay alone did to words that no text read, in every group that trains the word table.
    private static double shrunk(Method method, long updates) {
        return method.groups().stream()
                .filter(group -> group.parameters().containsKey(WORD_TABLE))
                .mapToDouble(group -> TrainStep.shrunk(group, updates))
                .reduce(1, (a, b) -> a * b);
    }

    private List<Item> items(Split split, Model model, Tokenizer tokenizer) {
        return bench.items().items(task, split, model.labels(), tokenizer, spec.maxLength());
    }

    private Selecting selecting(Model model, Tokenizer tokenizer, Overlaps overlaps) {
        Selection selection = settings.selection();
        Metric metric = selection.metric() == null ? task.metrics().getFirst() : selection.metric();
        List<Selecting.Scored> scored = new ArrayList<>();
        if (settings.isScored())
            for (String language : selection.languages() == null ? List.of(spec.source()) : selection.languages()) {
                Split split = data.split(language, selection.split());
                LabelSet.requireLabelled(split, Selecting.OTHERWISE);
                overlaps.count(split);
                scored.add(new Selecting.Scored(split, items(split, model, tokenizer)));
            }
        return new Selecting(task, metric, scored);
    }

    private @Nullable Scoring scoring(Method method, Model model, Selecting selecting) {
        if (selecting.isNone()) return null;
        Integer every = settings.evaluateEvery();
        Selection selection = settings.selection();
        return new Scoring(
                every == null ? method.updatesPerEpoch() : every,
                selection.patience(),
                selection.keep() == Selection.Keep.Best,
                () -> selecting.scores(model, spec.precision()));
    }
}
