package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Something bad that happens to some pod at some time, drawn before anything runs.
///
/// @param after how many facts are seen after the strike before it
/// @param victim whose pod it is
/// @param which of those that are there, counted round and round
record Strike(int after, Victim victim, Blow blow, int which) {
    /// Two of three: most of what can go wrong is in the trainers.
    private static final int TRAINERS_OF_THREE = 2;

    enum Victim {
        OPERATOR,
        TRAINER
    }

    enum Blow {
        /// The process dies as if the machine had taken it.
        KILL,
        DELETE,
        EVICT
    }

    static List<Strike> drawn(long seed, int count, int mostApart) {
        Random random = new Random(seed);
        List<Strike> strikes = new ArrayList<>();
        for (int i = 0; i < count; i++)
            strikes.add(new Strike(
                    1 + random.nextInt(mostApart),
                    random.nextInt(3) < TRAINERS_OF_THREE ? Victim.TRAINER : Victim.OPERATOR,
                    Blow.values()[random.nextInt(Blow.values().length)],
                    random.nextInt(1000)));
        return strikes;
    }

    /// The one of these pods that it falls on.
    JsonNode chosen(List<JsonNode> pods) {
        return pods.get(which % pods.size());
    }

    /// @return whether it came to pass: a process may have ended, a budget may forbid the eviction
    boolean fallsOn(String pod, Namespace namespace) throws IOException, InterruptedException {
        return switch (blow) {
            case KILL -> namespace.node().kill(pod);
            case DELETE ->
                namespace.kubectl("delete", "pod", pod, "--wait=false").code() == 0;
            case EVICT -> namespace.evict(pod).code() == 0;
        };
    }
}
