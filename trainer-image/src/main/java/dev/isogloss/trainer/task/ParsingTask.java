package dev.isogloss.trainer.task;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.Parser;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.metric.Agreement;
import dev.isogloss.trainer.metric.Attachment;
import dev.isogloss.trainer.metric.Confusion;
import dev.isogloss.trainer.statistics.Arborescence;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// A head and a relation for every word of a sentence. A tree needs its whole sentence, so there are no windows: of a
/// sentence that is longer than the encoder the last words are not read, and count as wrong.
///
/// Punctuation and symbols (by the gold part of speech) are learnt, and left out of the scores, as Wu et al. 2022 do.
record ParsingTask(Parser parser) implements Task {
    private static final Set<String> UNCOUNTED = Set.of("PUNCT", "SYM");

    /// What is predicted for a word that was not read.
    private static final String UNREAD = "_";

    @Override
    public TaskType type() {
        return TaskType.DependencyParsing;
    }

    @Override
    public List<Item> items(Split split, int i, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        ParsedExample sentence = (ParsedExample) split.examples().get(i);
        int budget = maxLength - tokenizer.specialsAround();
        List<int[]> pieces = SplitWords.pieces(sentence.words(), tokenizer, budget);
        int read = 0;
        for (int used = 0; read < pieces.size() && used + pieces.get(read).length <= budget; read++)
            used += pieces.get(read).length;
        Encoding encoding = SplitWords.encoded(pieces.subList(0, read), tokenizer);
        int known = read;
        int[] targets = IntStream.range(0, read)
                .map(word -> target(sentence, word, known, labels))
                .toArray();
        return List.of(new Item(i, encoding.ids(), encoding.types(), SplitWords.starts(encoding), 0, targets));
    }

    /// Nothing can be learnt of a word whose head was not read, or which is at a root that is not scored.
    private int target(ParsedExample sentence, int word, int read, LabelSet labels) {
        int head = sentence.heads().get(word);
        if (head > read || head == 0 && parser.root() == Parser.Root.Unscored) return Item.UNLABELLED;
        String relation = sentence.universalRelations().get(word);
        return new Arc(head, labels.indexOf(relation)).packed(labels.size());
    }

    @Override
    public List<Prediction> predictions(Split split, List<Item> items, List<float[][]> outputs, LabelSet labels) {
        return IntStream.range(0, items.size())
                .parallel()
                .mapToObj(i -> prediction(
                        (ParsedExample) split.examples().get(items.get(i).example()), outputs.get(i), labels))
                .toList();
    }

    /// The tree of the greatest product of p(head)·p(relation given head) over its words.
    private Prediction prediction(ParsedExample sentence, float[][] outputs, LabelSet labels) {
        int read = outputs.length;
        double[][] scores = new double[read + 1][read + 1];
        for (int i = 1; i <= read; i++)
            for (int j = 0; j <= read; j++) if (i != j) scores[i][j] = logarithm(outputs[i - 1], j, read);
        int[] heads = Arborescence.singleRoot(scores);
        List<String> predicted = new ArrayList<>();
        float[][] probabilities = new float[sentence.words().size()][];
        for (int word = 0; word < sentence.words().size(); word++) {
            if (word < read) {
                int head = heads[word + 1];
                int relation = (int) outputs[word][2 * (read + 1) + head];
                predicted.add(head + ":" + labels.labels().get(relation));
                probabilities[word] = new float[] {(float) Math.exp(scores[word + 1][head])};
            } else {
                predicted.add(UNREAD);
                probabilities[word] = new float[] {0};
            }
        }
        List<Boolean> counted =
                sentence.tags().stream().map(tag -> !UNCOUNTED.contains(tag)).toList();
        return new Prediction(sentence.id(), gold(sentence), predicted, probabilities, counted);
    }

    /// log p(head)·p(best relation to it); every root is as good where roots are not learnt.
    private double logarithm(float[] output, int head, int read) {
        if (head == 0 && parser.root() == Parser.Root.Unscored) return 0;
        return (double) output[head] + output[read + 1 + head];
    }

    private static List<String> gold(ParsedExample sentence) {
        return IntStream.range(0, sentence.words().size())
                .mapToObj(word -> sentence.heads().get(word) + ":"
                        + sentence.universalRelations().get(word))
                .toList();
    }

    @Override
    public Map<Metric, Double> scores(Split split, List<Prediction> predictions, LabelSet labels) {
        Attachment all = predictions.stream()
                .map(one -> Attachment.of(requireNonNull(one.gold()), one.predicted(), one.counted()))
                .reduce(new Attachment(0, 0, 0), Attachment::plus);
        Map<Metric, Double> scores = new LinkedHashMap<>();
        scores.put(Metric.LabelledAttachment, all.labelledScore());
        scores.put(Metric.UnlabelledAttachment, all.unlabelledScore());
        return scores;
    }

    /// A row a relation: how many of its words hang on the right head with it. The confusion is that of relations,
    /// whatever the heads, of the words that were read.
    @Override
    public Report report(Split split, List<Prediction> predictions, LabelSet labels) {
        int n = labels.size();
        long[][] counts = new long[n][3];
        List<Integer> gold = new ArrayList<>();
        List<Integer> predicted = new ArrayList<>();
        for (Prediction one : predictions)
            for (int word = 0; word < one.predicted().size(); word++) {
                if (!one.counts(word)) continue;
                int right = labels.indexOf(relation(requireNonNull(one.gold()).get(word)));
                int said = labels.indexOf(relation(one.predicted().get(word)));
                counts[right][2]++;
                if (said < 0) continue;
                counts[said][1]++;
                if (requireNonNull(one.gold()).get(word).equals(one.predicted().get(word))) counts[right][0]++;
                gold.add(right);
                predicted.add(said);
            }
        Map<String, Agreement> relations = new LinkedHashMap<>();
        for (int i = 0; i < n; i++)
            relations.put(labels.labels().get(i), new Agreement(counts[i][0], counts[i][1], counts[i][2]));
        return Report.of(
                predictions.size(), relations, Confusion.of(labels.labels(), numbers(gold), numbers(predicted)));
    }

    private static String relation(String unit) {
        return unit.substring(unit.indexOf(':') + 1);
    }

    private static int[] numbers(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public long unread(Split split, List<Item> items) {
        long words = split.examples().stream()
                .mapToLong(example -> ((ParsedExample) example).words().size())
                .sum();
        return words - items.stream().mapToLong(item -> item.positions().length).sum();
    }
}
