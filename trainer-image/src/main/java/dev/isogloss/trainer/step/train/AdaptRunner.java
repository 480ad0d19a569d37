package dev.isogloss.trainer.step.train;

import dev.isogloss.api.method.Selection;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.encoder.VocabularyReduction;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.iwda.SourceAndTarget;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
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
public final class AdaptRunner {
    private static final String WORD_TABLE = "embeddings.word_embeddings.weight";

    private final AdaptStep spec;
    private final TargetAdaptation settings;
    private final StepSession bench;
    private final AdaptMethods methods;
    private final Task task;
    private final LabelledData data;

    public AdaptRunner(AdaptStep spec, StepSession bench) {
        this.spec = spec;
        this.settings = spec.settings();
        this.bench = bench;
        this.methods = new AdaptMethods(spec, bench);
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    public StepResult run() throws IOException {
        Split source = data.split(spec.source(), "train");
        LabelSet.requireLabelled(source, "The source language is learnt from: label the example, or remove the line.");
        Split target = data.split(spec.target(), settings.unlabelledSplit());
        Model given = ModelFiles.read(bench.context().store().model(spec.model()));
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
        try (Tokenizer tokenizer = EncoderOpener.tokenizer(model.tokenizer(), model.encoder(), spec.maxLength())) {
            bench.requireRoom(model.encoder(), spec.maxLength(), "spec.encoder.maxLength");
            bench.tuneFor(model.encoder(), spec.precision());
            List<Item> labelled = items(source, model, tokenizer);
            List<Item> unlabelled = items(target, model, tokenizer);
            SourceAndTarget read =
                    new SourceAndTarget(labelled, unlabelled, model.labels().size());
            OverlapCounts overlaps = new OverlapCounts(List.of(source), bench);
            CheckpointScoring selecting = selecting(model, tokenizer, overlaps);
            List<Item> used = Stream.of(labelled.stream(), unlabelled.stream(), selecting.items())
                    .flatMap(items -> items)
                    .toList();
            VocabularyReduction words = model.compact(used);
            model.encoder().recompute(bench.context().options().activationCheckpointing());
            Map<String, Double> facts = new LinkedHashMap<>(overlaps.facts());
            TrainingOutcome outcome;
            try (Method method = methods.method(given, model, read, used)) {
                outcome = bench.train(method, scoring(method, model, selecting));
                words.restore(shrunk(method, outcome.kept()));
                facts.putAll(methods.facts(method, model, read));
            }
            model.encoder().expand();
            ModelFiles.write(bench.folder().model(), model);
            facts.put("updates", (double) outcome.updates());
            facts.put("keptUpdate", (double) outcome.kept());
            facts.put("sequences", (double) labelled.size());
            facts.put("unlabelledSequences", (double) unlabelled.size());
            if (!Double.isNaN(outcome.bestScore())) facts.put("selectionScore", outcome.bestScore());
            return bench.result(List.of(), facts);
        }
    }

    /// What weight decay alone did to words that no text read, in every group that trains the word table.
    static double shrunk(Method method, long updates) {
        return method.groups().stream()
                .filter(group -> group.parameters().containsKey(WORD_TABLE))
                .mapToDouble(group -> TrainRunner.shrunk(group, updates))
                .reduce(1, (a, b) -> a * b);
    }

    private List<Item> items(Split split, Model model, Tokenizer tokenizer) {
        return bench.items().items(task, split, model.labels(), tokenizer, spec.maxLength());
    }

    private CheckpointScoring selecting(Model model, Tokenizer tokenizer, OverlapCounts overlaps) {
        Selection selection = settings.selection();
        Metric metric = selection.metric() == null ? task.metrics().getFirst() : selection.metric();
        List<CheckpointScoring.Scored> scored = new ArrayList<>();
        if (settings.isScored())
            for (String language : selection.languages() == null ? List.of(spec.source()) : selection.languages()) {
                Split split = data.split(language, selection.split());
                LabelSet.requireLabelled(split, CheckpointScoring.OTHERWISE);
                overlaps.count(split);
                scored.add(new CheckpointScoring.Scored(split, items(split, model, tokenizer)));
            }
        return new CheckpointScoring(task, metric, scored);
    }

    private @Nullable Scoring scoring(Method method, Model model, CheckpointScoring selecting) {
        if (selecting.isNone()) return null;
        Integer every = settings.evaluateEvery();
        Selection selection = settings.selection();
        return new Scoring(
                every == null ? method.updatesPerEpoch() : every,
                selection.patience(),
                selection.keep(),
                () -> selecting.scores(model, spec.precision()));
    }
}
