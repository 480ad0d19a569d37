package dev.isogloss.operator.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Processor time of all that takes part, by the name of its program: where a machine's limit is spent.
final class ProcessorTime {
    private static final double TICKS_A_SECOND = 100; // of /proc, on every Linux there is
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final List<String> PROGRAMS =
            List.of("kube-apiserver", "etcd", "kube-controller", "kube-scheduler", "kwok");

    private static final String CLUSTER =
            Objects.requireNonNull(System.getenv("ISOGLOSS_CLUSTER_DIR"), "ISOGLOSS_CLUSTER_DIR, the cluster's folder");

    private final Map<String, Double> began;
    private final long operator;

    private ProcessorTime(long operator) throws IOException {
        this.operator = operator;
        this.began = now();
    }

    /// @param operator its process, or 0 where there is none
    static ProcessorTime from(long operator) throws IOException {
        return new ProcessorTime(operator);
    }

    /// Prints milliseconds a step for each program.
    void print(String benchmark, int steps) throws IOException {
        now().forEach((program, seconds) -> Figure.print(
                benchmark + ".processorMilliseconds " + program,
                1000 * (seconds - began.getOrDefault(program, 0.0)) / steps));
    }

    private Map<String, Double> now() throws IOException {
        Map<String, Double> times = new TreeMap<>();
        try (var processes = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                if (!process.getFileName().toString().chars().allMatch(Character::isDigit)) continue;
                long pid = Long.parseLong(process.getFileName().toString());
                read(process, pid, times);
            }
        }
        return times;
    }

    private void read(Path process, long pid, Map<String, Double> times) {
        try {
            if (!takesPart(process, pid)) return;
            String line = Files.readString(process.resolve("stat"));
            String name = name(line.substring(line.indexOf('(') + 1, line.lastIndexOf(')')), pid);
            if (name.isEmpty()) return;
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            double seconds = (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_A_SECOND;
            times.merge(name, seconds, Double::sum);
        } catch (IOException ended) {
            // between the list and the look, it has
        }
    }

    /// Other clusters may be up on the same machine.
    private boolean takesPart(Path process, long pid) throws IOException {
        return pid == operator
                || pid == ProcessHandle.current().pid()
                || Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                        .contains(CLUSTER);
    }

    private String name(String command, long pid) {
        if (pid == operator) return "operator";
        if (pid == ProcessHandle.current().pid()) return "benchmark";
        return PROGRAMS.stream().filter(command::startsWith).findFirst().orElse("");
    }
}
