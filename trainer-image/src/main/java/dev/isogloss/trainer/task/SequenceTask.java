package dev.isogloss.trainer.task;

import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.metric.Confusion;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One label for a text, or for a pair of texts; longer ones are cut, the longer half of a pair first.
record SequenceTask(TaskType type) implements Task {

    @Override
    public List<Item> items(Split split, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        labels.require(split);
        return IntStream.range(0, split.size())
                .parallel()
                .mapToObj(i -> item(split, i, labels, tokenizer))
                .toList();
    }

    private static Item item(Split split, int i, LabelSet labels, Tokenizer tokenizer) {
        TextExample example = (TextExample) split.examples().get(i);
        String second = example.second();
        Encoding encoding =
                second == null ? tokenizer.encode(example.text()) : tokenizer.encode(example.text(), second);
        String label = example.label();
        int target = label == null ? Item.UNLABELLED : labels.indexOf(label);
        return new Item(i, encoding.ids(), encoding.types(), new int[] {0}, 0, new int[] {target});
    }

    @Override
    public List<Prediction> predictions(Split split, List<Item> items, List<float[][]> probabilities, LabelSet labels) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            TextExample example =
                    (TextExample) split.examples().get(items.get(i).example());
            String gold = example.label();
            String predicted =
                    labels.labels().get(Prediction.argmax(probabilities.get(i)[0]));
            predictions.add(new Prediction(
                    example.id(), gold == null ? null : List.of(gold), List.of(predicted), probabilities.get(i)));
        }
        return predictions;
    }

    @Override
    public Map<Metric, Double> scores(Split split, List<Prediction> predictions, LabelSet labels) {
        Confusion confusion = GoldLabels.confusion(split, predictions, labels);
        Map<Metric, Double> scores = new LinkedHashMap<>();
        scores.put(Metric.Accuracy, confusion.accuracy());
        scores.put(Metric.MacroF1, confusion.macroF1());
        return scores;
    }

    @Override
    public Report report(Split split, List<Prediction> predictions, LabelSet labels) {
        Confusion confusion = GoldLabels.confusion(split, predictions, labels);
        return Report.of(predictions.size(), confusion.perClass(), confusion);
    }
}
