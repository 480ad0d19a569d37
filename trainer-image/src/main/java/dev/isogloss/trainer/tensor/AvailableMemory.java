package dev.isogloss.trainer.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Memory that this process could still take: what the machine has left, and no more than its container's limit
/// leaves. The pages of files that the system would give up count as free.
public final class AvailableMemory {
    private static final Set<String> PAGES_OF_FILES =
            Set.of("inactive_file", "active_file", "total_inactive_file", "total_active_file");

    private AvailableMemory() {}

    /// Where the system does not tell, as much as can be.
    public static long bytes() {
        return bytes(Path.of("/"));
    }

    /// The same on the GPU, beside what libtorch has taken already; 0 without one.
    public static long onDevice() {
        return Engine.device() == Device.GPU ? NvidiaDriver.ofThisProcess().freeBytes() : 0;
    }

    /// @param root of the file system that holds `proc` and `sys`
    static long bytes(Path root) {
        long ofMachine = lines(root.resolve("proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        Path groups = root.resolve("sys/fs/cgroup");
        long second = belowLimit(groups, "memory.max", "memory.current");
        long first = belowLimit(groups.resolve("memory"), "memory.limit_in_bytes", "memory.usage_in_bytes");
        return Math.min(ofMachine, Math.min(first, second));
    }

    /// @param limit a file of the control group, in the words of the first or of the second version
    private static long belowLimit(Path group, String limit, String used) {
        long most = number(group.resolve(limit));
        if (most == Long.MAX_VALUE) return Long.MAX_VALUE;
        List<String> statistics = lines(group.resolve("memory.stat"));
        boolean ofAllBelow = statistics.stream().anyMatch(line -> line.startsWith("total_"));
        long givenUp = statistics.stream()
                .map(line -> line.split(" "))
                .filter(words -> PAGES_OF_FILES.contains(words[0]) && words[0].startsWith("total_") == ofAllBelow)
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
        long now = number(group.resolve(used));
        return now == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, most - now + givenUp);
    }

    /// "max" is no number and means no limit.
    private static long number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() || !lines.getFirst().matches("\\d{1,18}")
                ? Long.MAX_VALUE
                : Long.parseLong(lines.getFirst());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException hidden) {
            return List.of();
        }
    }
}
