package dev.isogloss.trainer.data;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Partition;
import dev.isogloss.api.data.Prior;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.trainer.random.Gamma;
import dev.isogloss.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The part of a split that chance or labels choose; the order of the file stays. Xian, Ji & Zhao (ICLR 2022) study
/// transfer under shifts of the class priors on such samples (§2, §4.2), and train on skewed sources (A.1.1).
///
/// Paper: does not say how its 500 and 700 sets were drawn. Here: a symmetric Dirichlet distribution for each language.
public final class Sample {
    private Sample() {}

    /// @param how null: the whole split
    /// @throws InvalidInput if a prior or a share of O is asked of what has no labels or no tags
    public static Split of(Split whole, @Nullable SplitSource how) {
        if (how == null) return whole;
        Split left = whole;
        if (how.partition() != null) left = part(left, how.partition());
        if (how.minOFraction() != null) left = mostlyO(left, how.minOFraction());
        return how.prior() == null ? left : drawn(left, how.prior());
    }

    private static Split part(Split whole, Partition partition) {
        int[] order = RandomStream.of(partition.seed(), "partition").permutation(whole.size());
        long n = whole.size();
        int from = (int) (n * (partition.part() - 1) / partition.of());
        int to = (int) (n * partition.part() / partition.of());
        return pick(whole, Arrays.copyOfRange(order, from, to), "partition");
    }

    private static Split mostlyO(Split whole, double least) {
        LabelSet.requireLabelled(whole, "minOFraction counts tags: label the sentence, or leave minOFraction out.");
        int[] kept = IntStream.range(0, whole.size())
                .filter(i -> shareOfO(whole, i) >= least)
                .toArray();
        return pick(whole, kept, "minOFraction");
    }

    private static double shareOfO(Split split, int i) {
        if (!(split.examples().get(i) instanceof TaggedExample sentence))
            throw new InvalidInput(
                    "data.splits: minOFraction is for tagging tasks, and %s has no tags. Leave minOFraction out."
                            .formatted(split.place(i)));
        var tags = requireNonNull(sentence.tags());
        return tags.isEmpty() ? 0 : (double) tags.stream().filter("O"::equals).count() / tags.size();
    }

    private static Split drawn(Split whole, Prior prior) {
        LabelSet.requireLabelled(whole, "A prior counts labels: label the example, or leave prior out.");
        Map<String, Long> counts = LabelSet.count(whole);
        Map<String, Double> pi = shares(whole, prior, counts);
        RandomStream random = RandomStream.of(prior.seed(), "prior " + whole.language() + " " + whole.name());
        boolean tagged = whole.examples().getFirst() instanceof TaggedExample;
        int[] kept = tagged ? sentences(whole, prior, pi, counts, random) : texts(whole, prior, pi, counts, random);
        return pick(whole, kept, "prior");
    }

    private static Map<String, Double> shares(Split whole, Prior prior, Map<String, Long> counts) {
        Map<String, Double> raw =
                prior.shares() != null ? named(whole, prior.shares(), counts) : random(whole, prior, counts);
        double sum = raw.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(sum > 0))
            throw new InvalidInput("data.splits: the shares of prior are all 0. Give at least one class a share.");
        Map<String, Double> shares = new TreeMap<>();
        raw.forEach((label, share) -> shares.put(label, share / sum));
        return shares;
    }

    private static Map<String, Double> named(Split whole, Map<String, Double> given, Map<String, Long> counts) {
        given.forEach((label, share) -> {
            if (share > 0 && counts.getOrDefault(label, 0L) == 0)
                throw new InvalidInput(
                        "data.splits: prior.shares gives \"%s\" a share, but %s has no example of it; it has %s."
                                .formatted(label, whole.file().path(), Excerpt.list(counts.keySet())));
        });
        Map<String, Double> shares = new TreeMap<>();
        counts.keySet().forEach(label -> shares.put(label, given.getOrDefault(label, 0.0)));
        return shares;
    }

    /// A stream for each class, so that its draw is the same whichever other classes a split has.
    private static Map<String, Double> random(Split whole, Prior prior, Map<String, Long> counts) {
        double alpha = requireNonNull(prior.dirichlet());
        Map<String, Double> shares = new TreeMap<>();
        for (String label : counts.keySet())
            shares.put(
                    label,
                    Gamma.draw(alpha, RandomStream.of(prior.seed(), "dirichlet " + whole.language() + " " + label)));
        return shares;
    }

    /// round(n·π_c) texts of each class, for the greatest n ≤ size at which no class runs out.
    private static int[] texts(
            Split whole, Prior prior, Map<String, Double> pi, Map<String, Long> counts, RandomStream random) {
        double n = prior.size() == null ? whole.size() : Math.min(prior.size(), whole.size());
        for (var share : pi.entrySet())
            if (share.getValue() > 0) n = Math.min(n, requireNonNull(counts.get(share.getKey())) / share.getValue());
        double reached = n;
        Map<String, Long> left = pi.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, share -> Math.round(reached * share.getValue())));
        return IntStream.of(random.permutation(whole.size()))
                .filter(i -> {
                    String label =
                            requireNonNull(((TextExample) whole.examples().get(i)).label());
                    return requireNonNull(left.merge(label, -1L, Long::sum)) >= 0;
                })
                .toArray();
    }

    /// Sentences without replacement, by weight: those with the greatest u^(1/weight) (Efraimidis & Spirakis, 2006).
    private static int[] sentences(
            Split whole, Prior prior, Map<String, Double> pi, Map<String, Long> counts, RandomStream random) {
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        double[] keys = IntStream.range(0, whole.size())
                .mapToDouble(i -> {
                    double weight = requireNonNull(
                                    ((TaggedExample) whole.examples().get(i)).tags())
                            .stream()
                            .mapToDouble(tag -> requireNonNull(pi.get(tag)) / (requireNonNull(counts.get(tag)) / total))
                            .sum();
                    double u = random.nextDouble();
                    return weight > 0 ? StrictMath.log(u) / weight : Double.NEGATIVE_INFINITY;
                })
                .toArray();
        int size = prior.size() == null ? (whole.size() + 1) / 2 : Math.min(prior.size(), whole.size());
        return IntStream.range(0, keys.length)
                .filter(i -> keys[i] > Double.NEGATIVE_INFINITY)
                .boxed()
                .sorted((i, j) -> Double.compare(keys[j], keys[i]))
                .limit(size)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Split pick(Split whole, int[] kept, String by) {
        if (kept.length == 0)
            throw new InvalidInput(
                    "Split \"%s\" of language \"%s\": %s leaves none of the %,d examples of %s. Ask for less."
                            .formatted(
                                    whole.name(),
                                    whole.language(),
                                    by,
                                    whole.size(),
                                    whole.file().path()));
        return whole.pick(Arrays.stream(kept).sorted().toArray());
    }
}
