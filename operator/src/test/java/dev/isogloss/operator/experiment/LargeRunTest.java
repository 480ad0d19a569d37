package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.operator.client.LightSerialization;
import dev.isogloss.operator.views.EndedStep;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Planner;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// A pass over a run of some fifteen hundred steps, as a cache keeps them.
class LargeRunTest {

    /// Steps are read from the bytes that a cache keeps of them, twice, as a pass does. What a pass takes is reported,
    /// and compared with nothing: machines differ.
    @Test
    void a_pass_over_a_run_of_fifteen_hundred_steps_finds_all_that_the_cache_kept(TestReporter reporter) {
        CoTrainingRunManifest manifest = WholePlans.largeRun();
        Plan plan = Planner.plan("three", manifest.spec());
        ExperimentView all = WholePlans.view(plan, null);
        var client = new LightSerialization(new TrimmedReading());
        var list = new DefaultKubernetesResourceList<TrainingStep>();
        list.setItems(List.copyOf(all.steps().values()));
        List<TrainingStep> kept = client.unmarshal(
                        new ByteArrayInputStream(client.asJson(list).getBytes(StandardCharsets.UTF_8)),
                        new TypeReference<DefaultKubernetesResourceList<TrainingStep>>() {})
                .getItems();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        double[] milliseconds = IntStream.range(0, 60)
                .mapToDouble(_ -> {
                    long began = threads.getCurrentThreadCpuTime();
                    pass(plan, all.storage(), kept, client);
                    return (threads.getCurrentThreadCpuTime() - began) / 1e6;
                })
                .skip(40)
                .sorted()
                .toArray();

        assertThat(kept).hasSize(plan.steps().size()).allMatch(EndedStep.class::isInstance);
        reporter.publishEntry("median milliseconds of the processor", "%.1f".formatted(milliseconds[10]));
    }

    private static void pass(Plan plan, Storage store, List<TrainingStep> kept, LightSerialization client) {
        Map<String, TrainingStep> named = new HashMap<>();
        List<TrainingStep> owned = new ArrayList<>();
        for (TrainingStep step : kept) {
            TrainingStep whole = client.clone(step);
            named.put(whole.getMetadata().getName(), whole);
            owned.add(client.clone(step));
        }
        Map<StepKey, TrainingStep> steps = new HashMap<>();
        for (PlannedStep planned : plan.steps())
            steps.put(planned.key(), Objects.requireNonNull(named.get(ExperimentView.nameOf(planned, store))));
        ExperimentView view = WholePlans.view(plan, store, steps, owned);
        CoTrainingRun fresh = WholePlans.run(view);
        assertThat(Objects.requireNonNull(fresh.getStatus()).common().progress())
                .isEqualTo("%1$d/%1$d".formatted(kept.size()));
    }
}
