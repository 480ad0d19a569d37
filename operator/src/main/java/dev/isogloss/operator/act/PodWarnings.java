package dev.isogloss.operator.act;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Warnings about a pod that is on a node and does not start: a volume that is in use on another node or cannot be
/// mounted, a network that gives it no address. Kubernetes tells them in events alone; the pod's status stays at
/// `ContainerCreating`.
final class PodWarnings {
    /// What the node reports once volumes and network are there: a warning before it is of the past.
    private static final Set<String> STARTED = Set.of("Pulling", "Pulled", "Created", "Started");

    /// Of the time before the pod had a node, which the pod's status tells.
    private static final String SCHEDULING = "FailedScheduling";

    private PodWarnings() {}

    /// The last warning of each reason, in the order of time: what mounts a volume only says that it waits, and the
    /// cause was told once, by what attaches it.
    static Optional<String> of(Collection<Event> events) {
        Instant started = events.stream()
                .filter(event -> STARTED.contains(event.getReason()))
                .map(PodWarnings::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        SequencedMap<String, Event> last = new LinkedHashMap<>();
        events.stream()
                .filter(event -> "Warning".equals(event.getType()) && !SCHEDULING.equals(event.getReason()))
                .filter(event -> time(event).isAfter(started))
                .sorted(Comparator.comparing(PodWarnings::time))
                .forEach(event -> last.putLast(Objects.requireNonNullElse(event.getReason(), "Warning"), event));
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of(last.entrySet().stream()
                        .map(entry -> "%s: %s"
                                .formatted(
                                        entry.getKey(),
                                        Objects.requireNonNullElse(
                                                entry.getValue().getMessage(), "")))
                        .collect(Collectors.joining("; ")));
    }

    /// Events of the older form have a time in seconds, those of the newer one another field.
    private static Instant time(Event event) {
        if (event.getLastTimestamp() != null) return Instant.parse(event.getLastTimestamp());
        return Optional.ofNullable(event.getEventTime())
                .map(MicroTime::getTime)
                .map(OffsetDateTime::parse)
                .map(OffsetDateTime::toInstant)
                .orElse(Instant.EPOCH);
    }
}
