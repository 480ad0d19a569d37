package dev.isogloss.trainer.method.language;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// The places of texts, class by class: those of all other classes are counted through without being listed.
final class ClassPlaces {
    private record Section(int from, int to) {}

    private final int[] places;
    private final Map<Integer, Section> sections = new HashMap<>();

    private ClassPlaces(int[] places, int[] labels) {
        this.places = places;
        int from = 0;
        for (int to = 1; to <= places.length; to++)
            if (to == places.length || labels[places[to]] != labels[places[from]]) {
                sections.put(labels[places[from]], new Section(from, to));
                from = to;
            }
    }

    /// @param labels of the texts, in their order
    static ClassPlaces of(int[] labels) {
        int[] places = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new ClassPlaces(places, labels);
    }

    int size(int label) {
        Section section = sections.getOrDefault(label, new Section(0, 0));
        return section.to() - section.from();
    }

    /// The place of the n-th text of another class than `label`.
    int other(int label, int n) {
        Section section = sections.getOrDefault(label, new Section(0, 0));
        return places[n < section.from() ? n : n + size(label)];
    }
}
