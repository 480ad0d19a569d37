package dev.isogloss.trainer.method.selftraining;

import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.method.SelfTrain.Select;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The labels a model has given to a pool of texts, kept in a tensor so that a checkpoint holds them.
///
/// A text's confidence is the highest probability of each of its units (words), averaged; equals go by their order.
///
/// Of n texts, TopFraction has labelled round((r + 1)·fraction·n) after round r: what one round rounds off, the next
/// makes up for.
public final class PseudoLabelPool implements AutoCloseable {
    private static final int NONE = -1;

    private final List<Item> pool;
    private final int labels;
    private final SelfTrain settings;
    private final int[] from;
    private final long[] most;
    private final Parameters given = new Parameters();

    public PseudoLabelPool(UnlabelledItems pool, int labels, SelfTrain settings) {
        this.pool = pool.items();
        this.labels = labels;
        this.settings = settings;
        this.from = new int[pool.size() + 1];
        for (int i = 0; i < pool.size(); i++)
            from[i + 1] = from[i] + this.pool.get(i).positions().length;
        this.most = switch (settings.select()) {
            case TopFraction -> shares();
            case PerClass -> perClass();
        };
        try (Scope _ = Scope.open()) {
            given.put("labels", Tensor.full(NONE, Math.max(1, from[pool.size()])));
        }
    }

    /// A round that would add nothing is none: there are as many as use the pool up, and, where the settings ask for
    /// more than 1/fraction, further ones that go over all of it.
    private long[] shares() {
        double share = settings.fraction() * pool.size();
        LongStream.Builder kept = LongStream.builder();
        long before = 0;
        for (int round = 0; round < Objects.requireNonNull(settings.rounds()); round++) {
            long now = Math.clamp(Math.round((round + 1.0) * share), 1, pool.size());
            if (now > before || round >= settings.roundsToUseAll()) kept.add(now);
            before = now;
        }
        return kept.build().toArray();
    }

    private long[] perClass() {
        return LongStream.rangeClosed(1, Objects.requireNonNull(settings.rounds()))
                .map(rounds -> Math.min(pool.size(), rounds * settings.perClass() * labels))
                .toArray();
    }

    int rounds() {
        return most.length;
    }

    /// The most texts that have a label after a round.
    ///
    /// @param round counted from 0
    long most(int round) {
        return most[round];
    }

    /// Texts without a label, in order.
    public List<Integer> left() {
        float[] now = given.get("labels").toFloats();
        return IntStream.range(0, pool.size())
                .filter(i -> from[i + 1] > from[i] && now[from[i]] == NONE)
                .boxed()
                .toList();
    }

    /// Gives the surest of `candidates` their most probable labels.
    ///
    /// @param round         counted from 0
    /// @param candidates    all that have none
    /// @param probabilities of each candidate, [units][k]
    public void add(int round, List<Integer> candidates, List<float[][]> probabilities) {
        float[] now = given.get("labels").toFloats();
        for (int c : chosen(most(round) - used(now), probabilities)) {
            float[][] units = probabilities.get(c);
            int at = from[candidates.get(c)];
            for (int u = 0; u < units.length; u++) now[at + u] = Prediction.argmax(units[u]);
        }
        try (Scope _ = Scope.open()) {
            given.get("labels").assign(Tensor.of(now, now.length));
        }
    }

    private long used(float[] now) {
        return IntStream.range(0, pool.size()).filter(i -> isLabelled(i, now)).count();
    }

    private boolean isLabelled(int i, float[] now) {
        return from[i + 1] > from[i] && now[from[i]] != NONE;
    }

    private List<Integer> chosen(long more, List<float[][]> probabilities) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, probabilities.size()).boxed().toList());
        order.sort(Comparator.comparingDouble(c -> -Prediction.confidence(probabilities.get(c))));
        if (settings.select() == Select.TopFraction) return order.subList(0, (int) Math.min(order.size(), more));
        int[] taken = new int[labels];
        return order.stream()
                .filter(c -> taken[Prediction.argmax(probabilities.get(c)[0])]++ < settings.perClass())
                .toList();
    }

    /// The labelled texts with the labels they were given, in order.
    public List<Item> learnt() {
        float[] now = given.get("labels").toFloats();
        return IntStream.range(0, pool.size())
                .filter(i -> isLabelled(i, now))
                .mapToObj(i -> {
                    Item item = pool.get(i);
                    int[] own = IntStream.range(from[i], from[i + 1])
                            .map(at -> (int) now[at])
                            .toArray();
                    return new Item(item.example(), item.ids(), item.types(), item.positions(), item.first(), own);
                })
                .toList();
    }

    Map<String, Tensor> state() {
        return Map.of("labels", given.get("labels"));
    }

    @Override
    public void close() {
        given.close();
    }
}
