package dev.isogloss.trainer.task;

import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.Parser;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.metric.Confusion;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A task: turns examples into items, and predictions into scores.
public sealed interface Task permits SequenceTask, TaggingTask, ParsingTask {

    static Task of(TaskSpec spec) {
        return switch (spec.type()) {
            case SequenceClassification, SequencePairClassification -> new SequenceTask(spec.type());
            case NamedEntityRecognition, PartOfSpeechTagging -> new TaggingTask(spec.type());
            case DependencyParsing -> new ParsingTask(spec.parser() == null ? Parser.DEFAULT : spec.parser());
        };
    }

    /// Its name in a manifest, which knows its usual head and its metrics.
    TaskType type();

    /// @return items in the examples' order; an example longer than the encoder may become several
    /// @throws InvalidInput for a label that is not in `labels`; names file and line
    default List<Item> items(Split split, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        labels.require(split);
        return IntStream.range(0, split.size())
                .parallel()
                .mapToObj(i -> items(split, i, labels, tokenizer, maxLength))
                .flatMap(List::stream)
                .toList();
    }

    /// @return the items of one example
    List<Item> items(Split split, int example, LabelSet labels, Tokenizer tokenizer, int maxLength);

    /// @param probabilities per item, as [Predictor] gives them
    /// @return one prediction per example, in the examples' order
    List<Prediction> predictions(Split split, List<Item> items, List<float[][]> probabilities, LabelSet labels);

    /// @return every metric of the task, in the order of [TaskType#metrics]
    /// @throws InvalidInput if an example has no gold label
    default Map<Metric, Double> scores(Split split, List<Prediction> predictions, LabelSet labels) {
        Confusion confusion = GoldLabels.confusion(split, predictions, labels);
        Map<Metric, Double> scores = new LinkedHashMap<>();
        for (Metric metric : type().metrics()) scores.put(metric, score(metric, confusion, split, predictions));
        return scores;
    }

    private static double score(Metric metric, Confusion confusion, Split split, List<Prediction> predictions) {
        return switch (metric) {
            case Accuracy -> confusion.accuracy();
            case MacroF1 -> confusion.macroF1();
            case SpanF1 -> GoldLabels.spans(split, predictions).micro().f1();
            case UnlabelledAttachment, LabelledAttachment ->
                throw new IllegalStateException(metric + " scores trees, which are no classes");
        };
    }

    /// The number of words of a split that no item holds, for they lie beyond what the encoder reads.
    default long unread(Split split, List<Item> items) {
        return 0;
    }

    /// Precision, recall and F1 by class, and what was mistaken for what.
    ///
    /// @throws InvalidInput if an example has no gold label
    Report report(Split split, List<Prediction> predictions, LabelSet labels);
}
