package dev.isogloss.trainer.report;

import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Sample;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Losses of labels that a model gave itself, sentence by sentence (Bari et al. 2021, figures 4 and 5): whether those
/// that are right can be told from the others.
///
/// @param texts that one model has labelled
/// @param words whether each of them has a label for every word
record LossFigures(List<LabelledText> texts, boolean words) {
    private static final double BIN = 0.01;

    /// Of sentences with a label a word, the paper's "accurate-2".
    private static final int FEW = 2;

    /// A page of many runs holds no more; the rest would lie on top of one another.
    private static final int MOST_POINTS = 1000;

    private static final String LOSS = "mean −log of the highest probability";

    /// @param what  whose labels they are, in words
    /// @param where they were given, a sentence
    List<FigureSketch> of(String what, String where) {
        List<FigureSketch> figures = new ArrayList<>();
        figures.add(new FigureSketch(
                "losses of " + what,
                title -> new Histogram(title, LOSS, words ? "sentences" : "texts", BIN, samples()),
                where + " The loss of a text is that by the labels the model itself gives, mean over its words."));
        if (words)
            figures.add(new FigureSketch(
                    "losses by length of " + what,
                    title -> new Scatter(title, "sentences by rising length", LOSS, byLength()),
                    where + pointsShown()));
        return figures;
    }

    private String pointsShown() {
        int every = every();
        return every == 1 ? " One point a sentence." : " One point for every %d sentences.".formatted(every);
    }

    private int every() {
        return Math.ceilDiv(texts.size(), MOST_POINTS);
    }

    private List<Sample> samples() {
        return groups(texts, LabelledText::loss).entrySet().stream()
                .map(group -> new Sample(
                        group.getKey(),
                        group.getValue().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                .toList();
    }

    private List<Group> byLength() {
        List<LabelledText> sorted = texts.stream()
                .sorted(Comparator.comparingInt(LabelledText::units))
                .toList();
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        order().forEach(name -> groups.put(name, new ArrayList<>()));
        for (int rank = 0; rank < sorted.size(); rank += every())
            groups.computeIfAbsent(group(sorted.get(rank)), _ -> new ArrayList<>())
                    .add(new double[] {rank + 1.0, sorted.get(rank).loss()});
        groups.values().removeIf(List::isEmpty);
        return Group.all(groups);
    }

    private Map<String, List<Double>> groups(List<LabelledText> all, Function<LabelledText, Double> value) {
        Map<String, List<Double>> groups = new LinkedHashMap<>();
        order().forEach(name -> groups.put(name, new ArrayList<>()));
        groups.putAll(all.stream()
                .collect(Collectors.groupingBy(this::group, Collectors.mapping(value, Collectors.toList()))));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    private List<String> order() {
        return words ? List.of("at most 2 words wrong", "more than 2 words wrong") : List.of("right", "wrong");
    }

    private String group(LabelledText text) {
        if (text.wrong() < 0) return "truth not known";
        return order().get(text.wrong() <= (words ? FEW : 0) ? 0 : 1);
    }
}
