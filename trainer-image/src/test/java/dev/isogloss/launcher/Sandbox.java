package dev.isogloss.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A copy of the launcher beside a tiny source tree, on a PATH that holds nothing but what a test puts there and the
/// tools every system has. The make-believe `java` prints its arguments, one a line; `mvn` notes how it was called and
/// leaves what a build leaves.
final class Sandbox {
    private static final List<String> TOOLS = List.of(
            "dirname", "readlink", "find", "sed", "cat", "mkdir", "rm", "touch", "ls", "head", "sleep", "mv", "grep");

    private final Path folder;
    private final Path bin;
    private final Map<String, String> environment = new HashMap<>();

    record Run(int code, String out, String err) {}

    private Sandbox(Path folder) {
        this.folder = folder;
        this.bin = folder.resolve("bin");
    }

    static Sandbox in(Path folder) throws IOException {
        Sandbox sandbox = new Sandbox(folder);
        Files.createDirectories(sandbox.bin);
        Files.createDirectories(sandbox.jdks());
        for (String tool : TOOLS) script(sandbox.bin.resolve(tool), "exec %s \"$@\"\n".formatted(real(tool)));
        for (String module : List.of("crds", "trainer-image")) {
            sandbox.write(module + "/src/main/java/A.java", "class A {}");
            sandbox.write(module + "/pom.xml", "<project/>");
        }
        sandbox.write("pom.xml", "<project>\n  <jvm.flags>--one --two=2</jvm.flags>\n</project>\n");
        Files.copy(Path.of("..", "isogloss"), sandbox.launcher(), StandardCopyOption.COPY_ATTRIBUTES);
        sandbox.environment.put("PATH", sandbox.bin.toString());
        sandbox.environment.put("HOME", folder.toString());
        sandbox.environment.put("ISOGLOSS_JDKS", sandbox.jdks().toString());
        sandbox.environment.put("ISOGLOSS_MAVENS", "");
        sandbox.environment.put("ISOGLOSS_AOT", "no");
        return sandbox;
    }

    private static Path real(String tool) {
        for (String place : List.of("/bin", "/usr/bin")) {
            Path path = Path.of(place, tool);
            if (Files.isExecutable(path)) return path;
        }
        throw new IllegalStateException("this system has no " + tool);
    }

    Path home() {
        return folder.resolve("a clone with spaces");
    }

    Path launcher() {
        return home().resolve("isogloss");
    }

    private Path jdks() {
        return folder.resolve("jdks");
    }

    Path write(String file, String text) throws IOException {
        Path path = home().resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        return Files.writeString(path, text);
    }

    /// A file edited after the last build.
    void edit(String file) throws IOException {
        Files.setLastModifiedTime(
                home().resolve(file), FileTime.from(Instant.now().plusSeconds(5)));
    }

    private static void script(Path path, String body) throws IOException {
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, "#!/bin/sh\n" + body);
        if (!path.toFile().setExecutable(true)) throw new IOException("cannot make " + path + " executable");
    }

    Path jdk(String name, String version) throws IOException {
        Path jdk = jdks().resolve(name);
        script(jdk.resolve("bin/javac"), "");
        script(jdk.resolve("bin/java"), "echo \"java of %s\"\nprintf '%%s\\n' \"$@\"\n".formatted(name));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        return jdk;
    }

    void javacOnPath(Path jdk) throws IOException {
        Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
    }

    void maven() throws IOException {
        maven("""
                mkdir -p trainer-image/target "%1$s"
                : > "%1$s/a.jar"
                echo "%1$s/a.jar" > trainer-image/target/classpath
                : > trainer-image/target/isogloss-trainer-1.jar
                """.formatted(libraries()));
    }

    /// Maven's cache of packages.
    Path libraries() {
        return folder.resolve("libraries * of others");
    }

    void maven(String body) throws IOException {
        script(bin.resolve("mvn"), "echo \"$JAVA_HOME: $*\" >> \"%s\"\n%s".formatted(log(), body));
    }

    private Path log() {
        return folder.resolve("maven.log");
    }

    /// How Maven was called, a line each: the JDK's name and the arguments.
    List<String> builds() throws IOException {
        if (!Files.exists(log())) return List.of();
        return Files.readAllLines(log()).stream()
                .map(line -> line.replace(jdks() + "/", ""))
                .toList();
    }

    Sandbox with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return start(folder, launcher(), arguments);
    }

    Run start(Path from, Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }
}
