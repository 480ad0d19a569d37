package dev.isogloss.planner;

import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.Pooling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The languages whose unlabelled texts one set of models learns from.
///
/// @param target the only target; null where the pool is of all targets
record Pool(List<String> languages, @Nullable String target) {

    static List<Pool> of(CoTrainingRunSpec spec) {
        List<String> targets = SpecResolver.sorted(spec.common().targets());
        return switch (spec.strategy().chosen().targets()) {
            case Pooling.Together -> List.of(new Pool(targets, null));
            case Pooling.Separate ->
                targets.stream()
                        .map(target -> new Pool(List.of(target), target))
                        .toList();
        };
    }

    /// The name in tables of what belongs to this pool.
    String named(String name) {
        return target == null ? name : name + " " + target;
    }
}
