package dev.isogloss.trainer.task;

import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.metric.Confusion;
import dev.isogloss.trainer.task.Windows.Window;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A tag for every word, read from its first sub-word. Sentences longer than the encoder are read in windows.
record TaggingTask(TaskType type) implements Task {

    @Override
    public List<Item> items(Split split, int i, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        TaggedExample sentence = (TaggedExample) split.examples().get(i);
        int budget = maxLength - tokenizer.specialsAround();
        List<int[]> pieces = SplitWords.pieces(sentence.words(), tokenizer, budget);
        int[] lengths = pieces.stream().mapToInt(word -> word.length).toArray();
        return Windows.over(lengths, budget).stream()
                .map(window -> item(i, sentence, window, pieces, labels, tokenizer))
                .toList();
    }

    private static Item item(
            int i, TaggedExample sentence, Window window, List<int[]> pieces, LabelSet labels, Tokenizer tokenizer) {
        List<int[]> read = pieces.subList(window.contextFrom(), window.to());
        Encoding encoding = SplitWords.encoded(read, tokenizer);
        int[] starts = SplitWords.starts(encoding);
        int[] positions = Arrays.copyOfRange(starts, window.from() - window.contextFrom(), starts.length);
        List<String> tags = sentence.tags();
        int[] targets = IntStream.range(window.from(), window.to())
                .map(word -> tags == null ? Item.UNLABELLED : labels.indexOf(tags.get(word)))
                .toArray();
        return new Item(i, encoding.ids(), encoding.types(), positions, window.from(), targets);
    }

    @Override
    public List<Prediction> predictions(Split split, List<Item> items, List<float[][]> probabilities, LabelSet labels) {
        float[][][] all = new float[split.size()][][];
        for (int i = 0; i < split.size(); i++)
            all[i] = new float[((TaggedExample) split.examples().get(i)).words().size()][];
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            float[][] own = probabilities.get(i);
            System.arraycopy(own, 0, all[item.example()], item.first(), own.length);
        }
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            TaggedExample sentence = (TaggedExample) split.examples().get(i);
            List<String> predicted = Arrays.stream(all[i])
                    .map(unit -> labels.labels().get(Prediction.argmax(unit)))
                    .toList();
            predictions.add(new Prediction(sentence.id(), sentence.tags(), predicted, all[i]));
        }
        return predictions;
    }

    @Override
    public Report report(Split split, List<Prediction> predictions, LabelSet labels) {
        Confusion confusion = GoldLabels.confusion(split, predictions, labels);
        return Report.of(
                predictions.size(),
                type.labelsSpans() ? GoldLabels.spans(split, predictions).types() : confusion.perClass(),
                confusion);
    }
}
