package dev.isogloss.operator.experiment;

import dev.isogloss.api.benchmark.SystemStatus;
import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.operator.names.Messages;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events about systems of a benchmark whose line became whole between two of its statuses.
final class SystemEvents {
    private SystemEvents() {}

    /// A sentence each, by system, in the order of the table.
    static Map<String, String> between(@Nullable TransferBenchmarkStatus before, TransferBenchmarkStatus next) {
        Set<String> known = new HashSet<>();
        for (SystemStatus system : systems(before)) if (isWhole(system)) known.add(system.name());
        Map<String, String> sentences = new LinkedHashMap<>();
        for (SystemStatus system : systems(next))
            if (isWhole(system) && !known.contains(system.name())) sentences.put(system.name(), sentence(system));
        return sentences;
    }

    private static List<SystemStatus> systems(@Nullable TransferBenchmarkStatus status) {
        return status == null ? List.of() : Objects.requireNonNullElse(status.systems(), List.of());
    }

    private static boolean isWhole(SystemStatus system) {
        String[] counts = system.progress().split("/", 2);
        return counts.length == 2 && counts[0].equals(counts[1]) && system.mean() != null;
    }

    private static String sentence(SystemStatus system) {
        StringBuilder sentence = new StringBuilder(Messages.SYSTEM_COMPLETE.formatted(system.name(), system.mean()));
        if (system.ci95() != null) sentence.append(" ± ").append(system.ci95());
        if (system.difference() != null)
            sentence.append(Messages.SYSTEM_DIFFERS.formatted(system.difference(), system.p()));
        if (system.chosen() != null) sentence.append(Messages.SYSTEM_CHOSE.formatted(system.chosen()));
        return sentence.toString();
    }
}
