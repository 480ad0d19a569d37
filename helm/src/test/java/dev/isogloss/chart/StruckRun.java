package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A run of which again and again a pod is killed, deleted or evicted, an operator's or a trainer's, at moments that a
/// seed draws and the run's own progress names.
final class StruckRun {

    /// A Job waits ten seconds after a pod that failed, however it did, and twice as long after the next.
    private static final int MOST_OF_A_STEP = 2;

    private final Installation installation;
    private final Namespace namespace;
    private final Sights sights;
    private final List<String> struck = new ArrayList<>();
    private final Map<String, Integer> strikesByStep = new HashMap<>();

    private StruckRun(Installation installation, Namespace namespace) throws IOException, InterruptedException {
        this.installation = installation;
        this.namespace = namespace;
        this.sights = new Sights(namespace, new StoredSteps(namespace.claim("isogloss-store")));
    }

    /// Strikes a run until it has ended.
    ///
    /// @param manifest  with retries enough
    /// @param namespace where nothing else runs
    static StruckRun of(
            String manifest, String namespace, Installation installation, List<Strike> strikes, Duration most)
            throws IOException, InterruptedException {
        return of(manifest, manifest, namespace, installation, strikes, most);
    }

    /// Strikes a run until it has ended, and applies another manifest of it when half of the strikes have fallen.
    ///
    /// @param namespace where nothing else runs
    static StruckRun of(
            String manifest,
            String edited,
            String namespace,
            Installation installation,
            List<Strike> strikes,
            Duration most)
            throws IOException, InterruptedException {
        StruckRun run = new StruckRun(installation, installation.namespace(namespace));
        run.namespace.apply(manifest);
        try {
            run.strike(new ArrayList<>(strikes), strikes.size() / 2, edited, most);
        } finally {
            Files.write(Path.of("target/strikes-" + namespace + ".txt"), run.struck);
        }
        return run;
    }

    /// @param before how many strikes are left when the edited manifest is applied
    private void strike(List<Strike> left, int before, String edited, Duration most)
            throws IOException, InterruptedException {
        int[] next = {left.getFirst().after()};
        namespace.until(most, () -> {
            sights.look();
            if (!left.isEmpty() && sights.count() >= next[0] && one(left)) {
                next[0] = sights.count() + (left.isEmpty() ? 0 : left.getFirst().after());
                if (left.size() == before) namespace.apply(edited);
            }
            return List.of("Succeeded", "Failed").contains(sights.phase());
        });
    }

    /// The first of these strikes that there is a pod for.
    private boolean one(List<Strike> left) throws IOException, InterruptedException {
        for (int i = 0; i < left.size(); i++) {
            if (!falls(left.get(i))) continue;
            left.remove(i);
            return true;
        }
        return false;
    }

    private boolean falls(Strike strike) throws IOException, InterruptedException {
        Namespace where =
                switch (strike.victim()) {
                    case OPERATOR -> installation.operator();
                    case TRAINER -> namespace;
                };
        List<JsonNode> pods =
                switch (strike.victim()) {
                    case OPERATOR -> ready(where);
                    case TRAINER ->
                        sights.alive().stream()
                                .filter(pod -> strikesByStep.getOrDefault(Sights.step(pod), 0) < MOST_OF_A_STEP)
                                .filter(pod -> strike.blow() != Strike.Blow.KILL || hasProcess(pod))
                                .toList();
                };
        if (pods.isEmpty()) return false;
        JsonNode pod = strike.chosen(pods);
        if (!strike.fallsOn(Sights.name(pod), where)) return false;
        strikesByStep.merge(Sights.step(pod), 1, Integer::sum);
        struck.add("%s at fact %d: %s %s".formatted(Instant.now(), sights.count(), strike.blow(), Sights.name(pod)));
        return true;
    }

    private static boolean hasProcess(JsonNode pod) {
        return pod.at("/status/containerStatuses/0/state").has("running");
    }

    private static List<JsonNode> ready(Namespace operators) throws IOException, InterruptedException {
        return operators
                .get("pods", "-l", "app.kubernetes.io/component=operator")
                .path("items")
                .valueStream()
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .filter(pod -> pod.at("/status/containerStatuses/0/ready").asBoolean())
                .toList();
    }

    Namespace namespace() {
        return namespace;
    }

    Sights sights() {
        return sights;
    }

    StoredSteps store() {
        return new StoredSteps(namespace.volume("isogloss-store"));
    }

    /// What was struck, a line each.
    List<String> struck() {
        return struck;
    }
}
