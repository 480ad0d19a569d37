package dev.isogloss.trainer.task;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;

/// What an experiment predicts: how examples become items, and predictions scores.
public sealed interface Task permits SequenceTask, TaggingTask {

    /// @throws InvalidInput if this kind of task cannot be trained
    static Task of(TaskSpec spec) {
        return switch (spec.type()) {
            case SequenceClassification, SequencePairClassification -> new SequenceTask(spec.type());
            case NamedEntityRecognition, PartOfSpeechTagging -> new TaggingTask(spec.type());
            case DependencyParsing ->
                throw new InvalidInput("spec.task.type is DependencyParsing, which this version cannot train yet. Use"
                        + " SequenceClassification, SequencePairClassification, NamedEntityRecognition or"
                        + " PartOfSpeechTagging.");
        };
    }

    /// Its name in a manifest, which knows its usual head and its metrics.
    TaskType type();

    /// @return items in the examples' order; an example longer than the encoder may become several
    /// @throws InvalidInput for a label that is not in `labels`; names file and line
    List<Item> items(Split split, LabelSet labels, Tokenizer tokenizer, int maxLength);

    /// @param probabilities per item, as [Predictor] gives them
    /// @return one prediction per example, in the examples' order
    List<Prediction> predictions(Split split, List<Item> items, List<float[][]> probabilities, LabelSet labels);

    /// @return every metric of the task, in the order of [TaskType#metrics]
    /// @throws InvalidInput if an example has no gold label
    Map<Metric, Double> scores(Split split, List<Prediction> predictions, LabelSet labels);

    /// Precision, recall and F1 by class, and what was mistaken for what.
    ///
    /// @throws InvalidInput if an example has no gold label
    Report report(Split split, List<Prediction> predictions, LabelSet labels);
}
