package dev.isogloss.operator.observe;

import dev.isogloss.operator.words.Words;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who wants a step to run. Every owner says so in an annotation of its own, so that nobody has to know the others: an
/// experiment that is suspended or broken takes back its wish, and the step runs on as long as somebody has one.
///
/// @param byOwner by the owner's uid; only owners that still are ones
public record Wishes(Map<String, Boolean> byOwner) {

    public Wishes {
        byOwner = Map.copyOf(byOwner);
    }

    public static Wishes of(TrainingStep step) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(step.getMetadata().getAnnotations(), Map.of());
        Map<String, Boolean> wishes = new HashMap<>();
        for (String owner : owners(step)) {
            @Nullable String wish = annotations.get(Words.WANTED + owner);
            if (wish != null) wishes.put(owner, Boolean.valueOf(wish));
        }
        return new Wishes(wishes);
    }

    /// Their uids, whether they have said a wish or not.
    static List<String> owners(TrainingStep step) {
        return Objects.requireNonNullElse(step.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .map(OwnerReference::getUid)
                .toList();
    }

    /// Whether it is this owner's, wanted or not.
    public boolean isOwnedBy(String uid) {
        return byOwner.containsKey(uid);
    }

    public boolean isWantedBy(String uid) {
        return byOwner.getOrDefault(uid, false);
    }

    public boolean isWantedByOthersThan(String uid) {
        return byOwner.entrySet().stream()
                .anyMatch(wish -> wish.getValue() && !wish.getKey().equals(uid));
    }

    /// A step without owners was made by hand, and runs.
    public boolean any() {
        return byOwner.isEmpty() || byOwner.containsValue(true);
    }
}
