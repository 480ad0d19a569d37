package dev.isogloss.trainer.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The way from tokens that lie text after text to attention, which wants texts side by side, and back. Texts of
/// similar lengths form a group; only inside attention, and only to the longest of its group, is a text padded. Where
/// all texts take equally many places, nothing is moved.
///
/// Its tensors belong to the scope that is open when it is made.
public final class AttentionGroups {
    private static final float NEVER = -1e30f; // added to a score, leaves a probability of exactly 0

    /// What a group costs beside its attention probabilities, in as many of these. Measured.
    private static final long COST_OF_A_GROUP = 1 << 14;

    /// @param texts their numbers in the batch
    /// @param width places of the longest
    record Group(int[] texts, int width) {}

    private final int[] places;
    private final List<Group> groups;
    private final List<Tensor> asking;
    private final List<Tensor> spread;
    private final List<Tensor> back;
    private final List<Tensor> backOfFirst;
    private final List<Tensor> padding;

    private AttentionGroups(int[] lengths, int[] places, List<Group> groups) {
        this.places = places;
        this.groups = groups;
        boolean even = Arrays.stream(places).distinct().count() == 1;
        long[] starts = starts();
        long[] order = groups.stream()
                .flatMapToInt(group -> Arrays.stream(group.texts()))
                .mapToLong(text -> text)
                .toArray();
        this.asking = groups.size() == 1 ? List.of(index(starts)) : List.of(index(starts), index(order));
        this.backOfFirst = groups.size() == 1 ? List.of() : List.of(index(inverse(order)));
        this.spread = even ? List.of() : List.of(index(tokenAtPlace(starts)));
        this.back = even ? List.of() : List.of(index(placeOfToken(starts)));
        this.padding = padding(lengths);
    }

    /// @param lengths tokens of each text, which others attend to
    /// @param places  rows of each text: as many, or more where texts are filled up
    public static AttentionGroups of(int[] lengths, int[] places, int heads) {
        return new AttentionGroups(lengths, places, split(places, COST_OF_A_GROUP / heads));
    }

    /// All texts in one group, in their order.
    public static AttentionGroups whole(int[] lengths, int[] places) {
        return new AttentionGroups(lengths, places, List.of(group(places, everyText(places))));
    }

    private static int[] everyText(int[] places) {
        return IntStream.range(0, places.length).toArray();
    }

    private static Group group(int[] places, int[] texts) {
        return new Group(
                texts, Arrays.stream(texts).map(text -> places[text]).max().orElseThrow());
    }

    /// The cheapest groups: each costs its texts times the square of its width, and `each`. Found from the longest
    /// texts on, since the best first groups of a number of texts do not depend on those that follow.
    static List<Group> split(int[] places, long each) {
        int[] order = IntStream.range(0, places.length)
                .boxed()
                .sorted(Comparator.comparingInt(text -> -places[text]))
                .mapToInt(text -> text)
                .toArray();
        int[] ends = IntStream.rangeClosed(1, order.length)
                .filter(end -> end == order.length || places[order[end]] < places[order[end - 1]])
                .toArray(); // a group ends where a length does
        long[] cost = new long[ends.length + 1];
        int[] begin = new int[ends.length + 1];
        for (int end = 1; end <= ends.length; end++) {
            cost[end] = Long.MAX_VALUE;
            for (int from = 0; from < end; from++) {
                int first = from == 0 ? 0 : ends[from - 1];
                long width = places[order[first]];
                long whole = cost[from] + each + (ends[end - 1] - first) * width * width;
                if (whole >= cost[end]) continue;
                cost[end] = whole;
                begin[end] = from;
            }
        }
        if (begin[ends.length] == 0) return List.of(group(places, everyText(places)));
        List<Group> groups = new ArrayList<>();
        for (int end = ends.length; end > 0; end = begin[end]) {
            int first = begin[end] == 0 ? 0 : ends[begin[end] - 1];
            groups.addFirst(group(places, Arrays.copyOfRange(order, first, ends[end - 1])));
        }
        return groups;
    }

    private long[] starts() {
        long[] starts = new long[places.length];
        for (int text = 1; text < starts.length; text++) starts[text] = starts[text - 1] + places[text - 1];
        return starts;
    }

    private static long[] inverse(long[] order) {
        long[] inverse = new long[order.length];
        for (int i = 0; i < order.length; i++) inverse[(int) order[i]] = i;
        return inverse;
    }

    /// For each place in the groups the token that stands there; the first of its text where it is padding, a number
    /// that nothing depends on.
    private long[] tokenAtPlace(long[] starts) {
        return groups.stream()
                .flatMapToLong(group -> Arrays.stream(group.texts()).boxed().flatMapToLong(text -> IntStream.range(
                                0, group.width())
                        .mapToLong(place -> starts[text] + (place < places[text] ? place : 0))))
                .toArray();
    }

    private long[] placeOfToken(long[] starts) {
        long[] place =
                new long[Math.toIntExact(Arrays.stream(places).asLongStream().sum())];
        long next = 0;
        for (Group group : groups)
            for (int text : group.texts()) {
                for (int i = 0; i < places[text]; i++) place[Math.toIntExact(starts[text] + i)] = next + i;
                next += group.width();
            }
        return place;
    }

    /// For each group [texts, 1, 1, width] to add to its scores; of no elements where nothing is padded.
    private List<Tensor> padding(int[] lengths) {
        return groups.stream()
                .map(group -> {
                    int width = group.width();
                    if (Arrays.stream(group.texts()).allMatch(text -> lengths[text] == width)) return Tensor.zeros(0);
                    float[] added = new float[group.texts().length * width];
                    for (int row = 0; row < group.texts().length; row++)
                        Arrays.fill(added, row * width + lengths[group.texts()[row]], (row + 1) * width, NEVER);
                    return Tensor.of(added, group.texts().length, 1, 1, width);
                })
                .toList();
    }

    private static Tensor index(long[] numbers) {
        return Tensor.of(numbers, numbers.length);
    }

    public int texts() {
        return places.length;
    }

    /// The rows of each text.
    public int[] places() {
        return places;
    }

    List<Group> groups() {
        return groups;
    }

    /// The texts and the width of each group, alternating.
    long[] sizes() {
        return groups.stream()
                .flatMapToLong(group ->
                        IntStream.of(group.texts().length, group.width()).asLongStream())
                .toArray();
    }

    /// The first token of each text, and, unless that is the texts' own, the groups' order.
    List<Tensor> asking() {
        return asking;
    }

    /// The token at each place of all groups; nothing where tokens stand like that already.
    List<Tensor> spread() {
        return spread;
    }

    /// The place of each token; nothing likewise.
    List<Tensor> back() {
        return back;
    }

    /// The place of each text's first token where only these ask.
    List<Tensor> backOfFirst() {
        return backOfFirst;
    }

    List<Tensor> padding() {
        return padding;
    }

    // ---- step by step

    /// The first tokens' rows, [b, h], of [t, h].
    public Tensor first(Tensor x) {
        return x.rows(asking.getFirst());
    }

    /// Rows [t, ..] of a [#whole] batch side by side, [b, s, ..].
    public Tensor sideBySide(Tensor x) {
        long[] shape = x.shape();
        long[] split = new long[shape.length + 1];
        split[0] = places.length;
        split[1] = groups.getFirst().width();
        System.arraycopy(shape, 1, split, 2, shape.length - 1);
        return (spread.isEmpty() ? x : x.rows(spread.getFirst())).reshape(split);
    }

    /// [#sideBySide] undone: [b·s, ..] to [t, ..].
    public Tensor endToEnd(Tensor x) {
        return back.isEmpty() ? x : x.rows(back.getFirst());
    }

    /// What a [#whole] batch has to add to its scores, [b, 1, 1, s]; of no elements where nothing is padded.
    public Tensor padded() {
        return padding.getFirst();
    }
}
