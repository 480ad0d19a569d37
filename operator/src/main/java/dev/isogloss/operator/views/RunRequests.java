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

/// Requests of a step's owners that it run. Every owner has an annotation of its own, so that no owner has to know the
/// others: an experiment that is suspended or has failed withdraws its request, and the step runs on as long as one
/// owner has one.
///
/// @param byOwner       by the owner's uid; only of present owners
/// @param ofFormerOwners what the annotations of former owners say
public record RunRequests(Map<String, Boolean> byOwner, Set<Boolean> ofFormerOwners) {

    public RunRequests {
        byOwner = Map.copyOf(byOwner);
        ofFormerOwners = Set.copyOf(ofFormerOwners);
    }

    public static RunRequests of(TrainingStep step) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(step.getMetadata().getAnnotations(), Map.of());
        Set<String> owners = Set.copyOf(owners(step));
        Map<String, Boolean> requests = new HashMap<>();
        Set<Boolean> former = new HashSet<>();
        annotations.forEach((name, requested) -> {
            if (!name.startsWith(Labels.REQUESTED_BY)) return;
            String owner = name.substring(Labels.REQUESTED_BY.length());
            if (owners.contains(owner)) requests.put(owner, Boolean.valueOf(requested));
            else former.add(Boolean.valueOf(requested));
        });
        return new RunRequests(requests, former);
    }

    /// Uids of all owners, also of those without a request.
    static List<String> owners(TrainingStep step) {
        return Objects.requireNonNullElse(step.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .map(OwnerReference::getUid)
                .toList();
    }

    /// True if this owner has an annotation, whatever it says.
    public boolean isOwnedBy(String uid) {
        return byOwner.containsKey(uid);
    }

    public boolean isRequestedBy(String uid) {
        return byOwner.getOrDefault(uid, false);
    }

    public boolean isRequestedByOthersThan(String uid) {
        return byOwner.entrySet().stream()
                .anyMatch(request -> request.getValue() && !request.getKey().equals(uid));
    }

    /// True if the step is to run. A step that never had an owner was created by hand, and runs. One that its owners
    /// left behind (`kubectl delete --cascade=orphan`) stays as they requested it.
    public boolean isRequested() {
        return byOwner.containsValue(true)
                || byOwner.isEmpty() && (ofFormerOwners.isEmpty() || ofFormerOwners.contains(true));
    }
}
