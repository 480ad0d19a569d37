package dev.isogloss.trainer.store.bucket;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.bucket.BucketAddress;

/// Errors about objects of a bucket that were removed or changed.
final class CorruptObject {
    private CorruptObject() {}

    static InvalidInput missing(BucketAddress store, StepKey key, String name) {
        return new InvalidInput("%s/%s is missing. %s".formatted(store, name, advice(store, key)));
    }

    static InvalidInput changed(BucketAddress store, StepKey key, String name) {
        return new InvalidInput(
                "%s/%s has other bytes than its step left. %s".formatted(store, name, advice(store, key)));
    }

    private static String advice(BucketAddress store, StepKey key) {
        return "Remove all of %s/%s, and the step runs again. isogloss store verify looks at all steps."
                .formatted(store, StepUploads.step(key));
    }
}
