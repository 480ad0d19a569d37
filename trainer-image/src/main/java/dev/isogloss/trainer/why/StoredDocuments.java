package dev.isogloss.trainer.why;

import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreEntry.Finished;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// The key documents of the finished steps of a store, each read once.
///
/// @param byKind   the newest steps first
/// @param finished how many there are
/// @param read     how many of them were looked at, the newest ones
record StoredDocuments(Map<String, List<KnownDocument>> byKind, int finished, int read) {
    /// Reads at the same time: those of a bucket or of a network's file system wait for answers.
    private static final int AT_ONCE = 16;

    /// A document with its values, which are compared with those of many others.
    record KnownDocument(KeyDocument document, Map<String, String> values) {}

    /// @param most to look at
    static StoredDocuments of(Store store, int most) {
        List<Finished> finished = store.finished();
        List<Finished> newest = finished.subList(0, Math.min(finished.size(), most));
        Map<String, String> words = new HashMap<>();
        Map<String, List<KnownDocument>> byKind = newest.stream()
                .gather(Gatherers.mapConcurrent(
                        AT_ONCE, step -> store.keyDocument(step.key()).map(json -> KeyDocument.of(step.key(), json))))
                .flatMap(document -> document.stream())
                .map(document -> new KnownDocument(document, shared(document.values(key -> key), words)))
                .collect(Collectors.groupingBy(known -> known.document().kind()));
        return new StoredDocuments(byKind, finished.size(), newest.size());
    }

    /// The same values as one object: there are some dozens of fields and few values in thousands of documents.
    private static Map<String, String> shared(Map<String, String> values, Map<String, String> words) {
        Map<String, String> shared = HashMap.newHashMap(values.size());
        values.forEach((field, value) ->
                shared.put(words.computeIfAbsent(field, own -> own), words.computeIfAbsent(value, own -> own)));
        return shared;
    }

    Stream<KnownDocument> of(String kind) {
        return byKind.getOrDefault(kind, List.of()).stream();
    }
}
