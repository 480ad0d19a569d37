package dev.isogloss.trainer.metric;

import java.util.ArrayList;
import java.util.List;

/// Entity tags: `B-X` begins an entity of type X, `I-X` goes on with it, `O` stands outside.
public final class Iob {
    private Iob() {}

    /// An entity.
    ///
    /// @param first its first word, counted from 0
    /// @param end   the word after its last
    public record Span(String type, int first, int end) {}

    /// IOB1 to IOB2: `I-X` becomes `B-X` where an entity begins, that is at the start, after `O` and after another
    /// type. IOB2 stays as it is.
    public static List<String> toIob2(List<String> tags) {
        List<String> mended = new ArrayList<>(tags.size());
        String before = "O";
        for (String tag : tags) {
            mended.add(inside(tag) && !continues(before, tag) ? "B-" + type(tag) : tag);
            before = tag;
        }
        return List.copyOf(mended);
    }

    /// The entities, read leniently as conlleval and seqeval do: an `I-X` that continues nothing begins an entity.
    public static List<Span> spans(List<String> tags) {
        List<Span> spans = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= tags.size(); i++) {
            String tag = i < tags.size() ? tags.get(i) : "O";
            String before = i > 0 ? tags.get(i - 1) : "O";
            boolean goesOn = inside(tag) && continues(before, tag);
            if (start >= 0 && !goesOn) {
                spans.add(new Span(type(before), start, i));
                start = -1;
            }
            if (!tag.equals("O") && !goesOn) start = i;
        }
        return spans;
    }

    private static boolean continues(String before, String tag) {
        return !before.equals("O") && type(before).equals(type(tag));
    }

    private static boolean inside(String tag) {
        return tag.startsWith("I-");
    }

    private static String type(String tag) {
        return tag.startsWith("B-") || tag.startsWith("I-") ? tag.substring(2) : tag;
    }
}
