
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.planner.Planner;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How long it takes to read and to plan an experiment of 40 languages, 5 seeds and 6 stages: once cold, then the median
/// of 50. CPU time of the thread, so that other work on the machine counts little. One JSON line a figure.
///
///     crds/benchmarks/run
void main() {
    String targets = IntStream.range(0, 40)
            .mapToObj(i -> "x" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
            .collect(Collectors.joining(", "));
    String manifest =
            """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: large}
            spec:
              task: {type: SequenceClassification}
              data: {name: d, location: {claim: d}}
              corpus: {name: c, languages: [en], location: {claim: d}}
              encoder: {fromPretraining: {}}
              source: en
              targets: [%s]
              seeds: [1, 2, 3, 4, 5]
              stages: [{pretrain: {}}, {fineTune: {}}, {fineTune: {}}, {fineTune: {}}, {fineTune: {}}, {fineTune: {}}]
            """
                    .formatted(targets);
    var spec = time("read", () -> ((TransferExperimentManifest)
                    ManifestReader.read("large.yaml", manifest).getFirst())
            .spec());
    time("plan", () -> Planner.plan("large", spec));
}

<T> T time(String what, Supplier<T> work) {
    var clock = ManagementFactory.getThreadMXBean();
    double[] millis = new double[51];
    T made = null;
    for (int i = 0; i < millis.length; i++) {
        long start = clock.getCurrentThreadCpuTime();
        made = work.get();
        millis[i] = (clock.getCurrentThreadCpuTime() - start) / 1e6;
    }
    double cold = millis[0];
    java.util.Arrays.sort(millis);
    IO.println(String.format(
            Locale.ROOT, "{\"what\": \"%s\", \"cold_ms\": %.1f, \"median_ms\": %.2f}", what, cold, millis[25]));
    return made;
}
