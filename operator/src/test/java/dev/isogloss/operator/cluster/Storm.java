package dev.isogloss.operator.cluster;

import dev.isogloss.operator.cluster.FaultyProxy.Disconnect;
import dev.isogloss.operator.cluster.FaultyProxy.Handling;
import dev.isogloss.operator.cluster.FaultyProxy.Pass;
import dev.isogloss.operator.cluster.FaultyProxy.Refuse;
import dev.isogloss.operator.cluster.FaultyProxy.RefuseAfterwards;
import dev.isogloss.operator.cluster.FaultyProxy.Request;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/// Handling of requests by an API server in trouble: one in three is refused, or carried out without the right answer.
final class Storm implements Function<Request, Handling> {
    private static final Map<Integer, String> REASONS =
            Map.of(409, "Conflict", 429, "TooManyRequests", 500, "InternalError", 503, "ServiceUnavailable");
    private static final int[] CODES = {409, 429, 500, 503};

    private final Random random;
    private final Map<String, Integer> dealt = new TreeMap<>();

    Storm(long seed) {
        random = new Random(seed);
    }

    /// How often it did what: `429`, `429 later` (with `Retry-After`), `500 done`, `hung up`.
    synchronized Map<String, Integer> dealt() {
        return Map.copyOf(dealt);
    }

    @Override
    public synchronized Handling apply(Request request) {
        if (random.nextInt(3) > 0) return new Pass();
        int code = CODES[random.nextInt(CODES.length)];
        boolean later = random.nextBoolean();
        boolean done = random.nextBoolean();
        boolean silent = random.nextInt(4) == 0;
        if (code == 409) return request.isWrite() ? refuse(code, false) : new Pass();
        if (code < 500 || !done || !request.isWrite()) return refuse(code, later);
        if (silent) return dealt("hung up", new Disconnect());
        return dealt(code + " done", new RefuseAfterwards(new Refuse(code, REASONS.get(code), later ? 1 : 0)));
    }

    private Handling refuse(int code, boolean later) {
        return dealt(code + (later ? " later" : ""), new Refuse(code, REASONS.get(code), later ? 1 : 0));
    }

    private Handling dealt(String name, Handling fate) {
        dealt.merge(name, 1, Integer::sum);
        return fate;
    }
}
