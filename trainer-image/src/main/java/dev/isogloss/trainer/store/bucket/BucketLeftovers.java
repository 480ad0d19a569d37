package dev.isogloss.trainer.store.bucket;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.Leftover;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Objects of finished steps that do not count: checkpoints, and attempts other than the one that `result.json` names.
record BucketLeftovers(Bucket bucket, StepUploads uploads) {

    /// One listing, and a small file of each step that has some.
    List<Leftover> all() {
        Map<StepKey, List<Bucket.Listed>> byStep = bucket.list("steps/").stream()
                .filter(each -> Store.isKey(each.name().split("/")[1]))
                .collect(Collectors.groupingBy(
                        each -> new StepKey(each.name().split("/")[1]), TreeMap::new, Collectors.toList()));
        return byStep.entrySet().stream()
                .flatMap(step -> of(step.getKey(), step.getValue()).stream())
                .toList();
    }

    private Optional<Leftover> of(StepKey key, List<Bucket.Listed> all) {
        boolean isDone = all.stream().anyMatch(each -> each.name().equals(StepUploads.step(key) + StepFolder.RESULT));
        long places =
                all.stream().flatMap(each -> place(each.name())).distinct().count();
        if (!isDone || places < 2) return Optional.empty();
        List<Bucket.Listed> left = all.stream()
                .filter(each -> place(each.name()).findAny().isPresent() && !counts(key, each.name()))
                .toList();
        return left.stream()
                .map(Bucket.Listed::written)
                .max(Comparator.naturalOrder())
                .map(newest -> new Leftover(
                        key,
                        left.stream().mapToLong(Bucket.Listed::bytes).sum(),
                        newest,
                        List.of(),
                        left.stream().map(Bucket.Listed::name).toList()));
    }

    /// The attempt of an object, or `checkpoint/`; nothing for what lies beside these.
    private static Stream<String> place(String name) {
        String[] parts = name.split("/");
        return switch (parts[2] + "/") {
            case CheckpointUploads.FOLDER -> Stream.of(CheckpointUploads.FOLDER);
            case StepUploads.ATTEMPTS -> Stream.of(parts[3]);
            default -> Stream.empty();
        };
    }

    private boolean counts(StepKey key, String name) {
        return name.startsWith(StepUploads.folder(key, uploads.winner(key).attempt()));
    }

    /// An attempt that has come to count since it was listed stays.
    void remove(Leftover leftover) {
        String counting = StepUploads.folder(
                leftover.key(), uploads.counting(leftover.key()).orElse(""));
        for (String name : leftover.objects()) if (!name.startsWith(counting)) bucket.delete(name);
    }
}
