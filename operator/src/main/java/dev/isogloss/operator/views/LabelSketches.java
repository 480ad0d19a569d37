package dev.isogloss.operator.views;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The label sketches of steps, those used last: they are most of what a finished step's status takes, and only runs
/// that are under way compare them. Whichever is not here is read from the API server.
final class LabelSketches {
    /// Of some 1,400 bytes each.
    private static final int MOST = 16_384;

    private final Map<String, String> sketches = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized void keep(String uid, String sketch) {
        sketches.put(uid, sketch);
    }

    synchronized @Nullable String get(String uid) {
        return sketches.get(uid);
    }
}
