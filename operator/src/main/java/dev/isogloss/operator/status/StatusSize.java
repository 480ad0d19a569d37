package dev.isogloss.operator.status;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Size of a status. The API server takes far more, but every watch receives all of it with every change, and etcd
/// keeps every version for a while.
public final class StatusSize {
    /// A status as JSON, in bytes.
    public static final int MOST_BYTES = 64 * 1024;

    private StatusSize() {}

    public static int bytes(@Nullable Object part) {
        return part == null ? 0 : Serialization.asJson(part).getBytes(StandardCharsets.UTF_8).length;
    }
}
