package dev.isogloss.trainer.step.train;

import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.method.iwda.SourceAndTarget;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
import dev.isogloss.trainer.step.train.ModelTraining.Recipe;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// A trained model taken to one target language, from the source's labels and the target's texts.
public final class AdaptRunner {
    private final AdaptStep spec;
    private final StepInputs inputs;
    private final AdaptMethods methods;
    private final LabelledData data;

    public AdaptRunner(AdaptStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
        this.methods = new AdaptMethods(spec, inputs);
        this.data = new LabelledData(spec.data(), spec.task().type(), inputs);
    }

    public StepResult run() throws IOException {
        Split source = data.split(spec.source(), "train");
        LabelSet.requireLabelled(source, AdaptStep.UNLABELLED);
        Split target = data.split(spec.target(), spec.settings().unlabelledSplit());
        Model given = ModelFiles.read(inputs.model(spec.model()));
        if (!methods.trainsStudent()) return train(given, given, source, target);
        try (given) {
            return train(given, methods.fresh(given), source, target);
        }
    }

    private StepResult train(Model given, Model trained, Split source, Split target) throws IOException {
        return new ModelTraining(Task.of(spec.task()), spec.maxLength(), spec.precision(), inputs)
                .run(trained, (model, items) -> read(given, model, items, source, target));
    }

    private Recipe read(Model given, Model model, ItemReader reader, Split source, Split target) {
        List<Item> labelled = reader.read(source);
        TargetGold gold = new TargetGold(reader.read(target), model.labels().size());
        SourceAndTarget texts = new SourceAndTarget(labelled, gold.texts(), gold.labels());
        inputs.journal().fact(Fact.Sequences, labelled.size());
        inputs.journal().fact(Fact.UnlabelledSequences, texts.target().size());
        TargetAdaptation settings = spec.settings();
        CheckpointScoring scoring = CheckpointScoring.read(
                settings.isScored(),
                settings.selection(),
                settings.evaluateEvery(),
                List.of(spec.source()),
                data,
                reader,
                new OverlapCounts(List.of(source), inputs.journal()));
        return new Recipe(
                Stream.concat(labelled.stream(), texts.target().stream()).toList(),
                scoring,
                read -> methods.start(given, model, texts, gold, read));
    }
}
