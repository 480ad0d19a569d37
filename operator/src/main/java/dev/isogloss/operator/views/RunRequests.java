package dev.isogloss.operator.views;

import dev.isogloss.operator.names.Labels;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Who wants a step to run. Every owner says so in an annotation of its own, so that nobody has to know the others: an
/// experiment that is suspended or broken takes back its wish, and the step runs on as long as somebody has one.
///
/// @param byOwner by the owner's uid; only owners that still are ones
/// @param left    what those wanted who are owners no more
public record RunRequests(Map<String, Boolean> byOwner, Set<Boolean> left) {

    public RunRequests {
        byOwner = Map.copyOf(byOwner);
        left = Set.copyOf(left);
    }

    public static RunRequests of(TrainingStep step) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(step.getMetadata().getAnnotations(), Map.of());
        Set<String> owners = Set.copyOf(owners(step));
        Map<String, Boolean> wishes = new HashMap<>();
        Set<Boolean> left = new HashSet<>();
        annotations.forEach((name, wish) -> {
            if (!name.startsWith(Labels.WANTED)) return;
            String owner = name.substring(Labels.WANTED.length());
            if (owners.contains(owner)) wishes.put(owner, Boolean.valueOf(wish));
            else left.add(Boolean.valueOf(wish));
        });
        return new RunRequests(wishes, left);
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

    /// A step that never had an owner was made by hand, and runs. One that was left to itself
    /// (`kubectl delete --cascade=orphan`) stays as its owners wanted it.
    public boolean any() {
        return byOwner.containsValue(true) || byOwner.isEmpty() && (left.isEmpty() || left.contains(true));
    }
}
