package dev.isogloss.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program of the system, run to its end.
///
/// @param command what is typed before the arguments
/// @param environment what its environment has beside ours
record Program(List<String> command, Map<String, String> environment) {

    record Run(int code, String out, String err) {
        /// @throws AssertionError with everything the program printed, unless it ended well
        String outOrFail() {
            if (code != 0) throw new AssertionError("exit code " + code + "\n" + out + err);
            return out;
        }
    }

    static Program at(Path file) {
        return new Program(List.of(file.toString()), Map.of());
    }

    /// The program that `variable` names, else the one on the PATH, else one that a script of the project has built.
    static Optional<Program> find(String name, String variable) {
        return Stream.of(named(variable), onPath(name), built(name))
                .filter(Objects::nonNull)
                .filter(Files::isExecutable)
                .findFirst()
                .map(Program::at);
    }

    private static @Nullable Path named(String variable) {
        String value = System.getenv(variable);
        return value == null ? null : Path.of(value);
    }

    private static @Nullable Path onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static Path built(String name) {
        String cache =
                System.getenv().getOrDefault("ISOGLOSS_CACHE", System.getProperty("user.home") + "/.cache/isogloss");
        return Path.of(cache, "tools", name);
    }

    Program with(String variable, Object value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value.toString());
        return new Program(command, more);
    }

    Program and(String... arguments) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(List.of(arguments));
        return new Program(longer, environment);
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /// @param input what the program reads from its standard input
    Run runWith(String input, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile("isogloss", ".err");
        Path in = Files.createTempFile("isogloss", ".in");
        try {
            Files.writeString(in, input);
            ProcessBuilder builder = new ProcessBuilder(and(arguments).command());
            builder.environment().putAll(environment);
            Process process = builder.redirectInput(in.toFile())
                    .redirectError(err.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
            Files.delete(in);
        }
    }
}
