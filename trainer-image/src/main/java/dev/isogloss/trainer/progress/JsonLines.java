package dev.isogloss.trainer.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.Json;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// Every event as one line of JSON; progress at most once a second for each step.
public final class JsonLines implements RunListener {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PrintStream out;
    private final InstantSource clock;
    private final Map<StepKey, Instant> lastPrinted = new HashMap<>();

    public JsonLines(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void on(RunEvent event) {
        Instant now = clock.instant();
        if (event instanceof StepProgressed step && !isDue(step, now)) return;
        ObjectNode line = Json.PLAIN.createObjectNode();
        line.put("event", event.getClass().getSimpleName());
        line.put("time", now.truncatedTo(ChronoUnit.MILLIS).toString());
        ObjectNode fields = Json.PLAIN.valueToTree(event);
        fields.properties().forEach(field -> {
            boolean unknown = field.getValue().isDouble()
                    && !Double.isFinite(field.getValue().doubleValue());
            if (!unknown) line.set(field.getKey(), field.getValue());
        });
        out.println(line);
        out.flush();
    }

    private boolean isDue(StepProgressed step, Instant now) {
        Instant last = lastPrinted.getOrDefault(step.key(), Instant.EPOCH);
        if (Duration.between(last, now).compareTo(PAUSE) < 0) return false;
        lastPrinted.put(step.key(), now);
        return true;
    }
}
