package dev.isogloss.trainer.loop;

import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A [Regression] with so much state beside it that its process writes checkpoints nearly all the time.
public final class KilledTraining implements Method {
    private final Regression regression = Regression.of(60);
    private final Parameters ballast = new Parameters();

    KilledTraining() {
        try (Scope _ = Scope.open()) {
            ballast.put("ballast", Tensor.zeros(1 << 20));
        }
    }

    /// Trains in another process, with a checkpoint after every update, and kills it (SIGKILL).
    ///
    /// @param updates how many it has done by then
    static void inAProcessThatIsKilledAfter(int updates, Path checkpoints) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        KilledTraining.class.getName(),
                        checkpoints.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            do line = said.readLine();
            while (line != null && !line.equals("update " + updates));
            if (line == null) throw new IllegalStateException("the process ended by itself");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    public static void main(String... arguments) {
        try (Scope _ = Scope.open();
                KilledTraining method = new KilledTraining()) {
            new Training(method, null, new Checkpoints(Path.of(arguments[0])), Duration.ofHours(1), 1, new Telling())
                    .run();
        }
    }

    private static final class Telling implements TrainingListener {
        @Override
        public void resumed(long update) {}

        @Override
        public void updated(long update, long of, double loss) {
            System.out.println("update " + update);
        }

        @Override
        public void read(long examples, long tokens) {}

        @Override
        public void curve(long update, Map<String, Double> values) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }

    float[] result() {
        return regression.result();
    }

    @Override
    public Optimisation optimisation() {
        return regression.optimisation();
    }

    @Override
    public List<Objective> objectives(long update) {
        return regression.objectives(update);
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(regression.state());
        state.putAll(ballast.byName());
        return state;
    }

    @Override
    public void close() {
        regression.close();
        ballast.close();
    }
}
