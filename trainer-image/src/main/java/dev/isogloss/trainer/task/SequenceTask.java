package dev.isogloss.trainer.task;

import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.metric.Confusion;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/// One label for a text, or for a pair of texts; longer ones are cut, the longer half of a pair first.
record SequenceTask(TaskType type) implements Task {

    @Override
    public List<Item> items(Split split, int i, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        TextExample example = (TextExample) split.examples().get(i);
        String second = example.second();
        Encoding encoding =
                second == null ? tokenizer.encode(example.text()) : tokenizer.encode(example.text(), second);
        String label = example.label();
        int target = label == null ? Item.UNLABELLED : labels.indexOf(label);
        return List.of(new Item(i, encoding.ids(), encoding.types(), new int[] {0}, 0, new int[] {target}));
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
    public Report report(Split split, List<Prediction> predictions, LabelSet labels) {
        Confusion confusion = GoldLabels.confusion(split, predictions, labels);
        return Report.of(predictions.size(), confusion.perClass(), confusion);
    }
}
