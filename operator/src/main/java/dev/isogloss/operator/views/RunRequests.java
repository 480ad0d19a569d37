package dev.isogloss.operator.views;

import dev.isogloss.operator.names.Labels;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Requests of a step's owners that it run. An owner requests it from when it joins: only those that do not are written
/// down, so that a step that thousands of experiments share stays small. An experiment that is suspended or has failed
/// withdraws its request, and the step runs on as long as one owner has one.
///
/// @param owners    uids of the experiments and runs that own it
/// @param withdrawn uids of owners, and of former ones, that do not request it
/// @param tried     by an owner's uid, the last generation of its spec for which it has written that of the step
public record RunRequests(Set<String> owners, Set<String> withdrawn, Map<String, Long> tried) {

    public RunRequests {
        owners = Set.copyOf(owners);
        withdrawn = Set.copyOf(withdrawn);
        tried = Map.copyOf(tried);
    }

    public static RunRequests of(TrainingStep step) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(step.getMetadata().getAnnotations(), Map.of());
        Map<String, Long> tried = new HashMap<>();
        for (String entry : entries(annotations.get(Labels.TRIED_BY))) {
            int equals = entry.indexOf('=');
            if (equals > 0) tried.put(entry.substring(0, equals), number(entry.substring(equals + 1)));
        }
        return new RunRequests(
                Set.copyOf(owners(step)), Set.copyOf(entries(annotations.get(Labels.WITHDRAWN_BY))), tried);
    }

    private static Set<String> entries(@org.jspecify.annotations.Nullable String list) {
        if (list == null) return Set.of();
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toSet());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException edited) {
            return 0;
        }
    }

    /// Uids of all owners of our kinds; whatever else may own a step requests nothing.
    static List<String> owners(TrainingStep step) {
        return Objects.requireNonNullElse(step.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .filter(owner -> owner.getApiVersion().startsWith(Labels.GROUP))
                .map(OwnerReference::getUid)
                .distinct()
                .toList();
    }

    public boolean isOwnedBy(String uid) {
        return owners.contains(uid);
    }

    public boolean isRequestedBy(String uid) {
        return owners.contains(uid) && !withdrawn.contains(uid);
    }

    public boolean isRequestedByOthersThan(String uid) {
        return owners.stream().anyMatch(owner -> !owner.equals(uid) && !withdrawn.contains(owner));
    }

    /// True if the step is to run. A step that never had an owner was created by hand, and runs. One that its owners
    /// left behind (`kubectl delete --cascade=orphan`) runs unless one of them had withdrawn its request.
    public boolean isRequested() {
        return owners.isEmpty() ? withdrawn.isEmpty() : !withdrawn.containsAll(owners);
    }

    /// True if the step has been tried as this generation of the owner's spec wants it.
    public boolean isTriedBy(String uid, long generation) {
        return tried.getOrDefault(uid, -1L) == generation;
    }

    /// The requests once this owner has joined and requests the step or not; what former owners left is dropped.
    public RunRequests joined(String uid, boolean requested) {
        Set<String> all = new HashSet<>(owners);
        all.add(uid);
        Set<String> without = new HashSet<>(withdrawn);
        if (requested) without.remove(uid);
        else without.add(uid);
        return new RunRequests(all, without, tried).ofPresentOwners();
    }

    /// The requests once this owner has written the step's spec.
    public RunRequests tried(String uid, long generation) {
        Map<String, Long> all = new HashMap<>(tried);
        all.put(uid, generation);
        return new RunRequests(owners, withdrawn, all);
    }

    /// The requests once this owner has left.
    public RunRequests left(String uid) {
        Set<String> rest = new HashSet<>(owners);
        rest.remove(uid);
        return new RunRequests(rest, withdrawn, tried).ofPresentOwners();
    }

    private RunRequests ofPresentOwners() {
        Set<String> without = new HashSet<>(withdrawn);
        without.retainAll(owners);
        Map<String, Long> again = new HashMap<>(tried);
        again.keySet().retainAll(owners);
        return new RunRequests(owners, without, again);
    }

    /// The annotations that say so; empty where all owners request the step and none of them has written its spec.
    public Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>();
        if (!withdrawn.isEmpty()) annotations.put(Labels.WITHDRAWN_BY, String.join(",", new TreeSet<>(withdrawn)));
        if (!tried.isEmpty())
            annotations.put(
                    Labels.TRIED_BY,
                    new TreeMap<>(tried)
                            .entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .collect(Collectors.joining(",")));
        return annotations;
    }
}
