package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.loop.Stopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A run that is killed and stopped again and again until it is done, and the bytes that it leaves.
final class InterruptedRun {
    private static final int MOST_ATTEMPTS = 80;

    private InterruptedRun() {}

    /// Ends a step as a kill would.
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Each attempt lasts one update longer than the one before; they end by a kill and by a stop in turn.
    ///
    /// @param updates of the first attempt
    static void finish(StepRig rig, int updates) {
        for (int attempt = 0; !isDone(rig); attempt++) {
            int[] left = {updates + attempt};
            boolean stop = attempt % 2 == 1;
            Throwable end = catchThrowable(() -> rig.run(() -> stop && left[0] <= 0, () -> {
                if (--left[0] <= 0 && !stop) throw new PowerCut();
            }));
            if (end != null) assertThat(end).isInstanceOfAny(PowerCut.class, Stopped.class);
            assertThat(attempt).as("attempts").isLessThan(MOST_ATTEMPTS);
        }
    }

    static boolean isDone(StepRig rig) {
        return rig.plan.steps().stream().allMatch(step -> rig.store.isDone(step.key()));
    }

    /// SHA-256 of everything but results, which hold times.
    static Map<String, String> bytes(StepRig rig) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (PlannedStep step : rig.plan.steps()) {
            Path folder = rig.store.folder(step.key()).path();
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> kept = files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("result.json"))
                        .toList();
                for (Path file : kept)
                    sums.put(step.title() + "/" + folder.relativize(file), Sha256.of(Files.readAllBytes(file)));
            }
        }
        return sums;
    }
}
