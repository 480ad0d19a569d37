package dev.isogloss.operator.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A namespace whose pods end some time after they run, with the last words of a trainer. When Jobs were made and
/// complete, and when their pods ended, is kept as a third party hears of it.
final class Watched {
    private static final String JOB = "batch.kubernetes.io/job-name";
    private static final int TRAINERS = 8;

    private final KubernetesClient client;
    private final Map<String, Long> made = new ConcurrentHashMap<>();
    private final Map<String, Long> completed = new ConcurrentHashMap<>();
    private final Map<String, Long> ended = new ConcurrentHashMap<>();
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final LongAdder worked = new LongAdder();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService trainers = Executors.newScheduledThreadPool(
            TRAINERS, Thread.ofPlatform().daemon().factory());
    private final StepLengths lengths;

    Watched(KubernetesClient client, String namespace, StepLengths lengths) {
        this.client = client;
        this.lengths = lengths;
        client.batch().v1().jobs().inNamespace(namespace).inform(new Jobs());
        client.pods().inNamespace(namespace).inform(new Pods());
    }

    /// When each Job was made, in nanoseconds of this JVM's clock, by name.
    Map<String, Long> made() {
        return made;
    }

    /// When each Job was complete.
    Map<String, Long> completed() {
        return completed;
    }

    /// When the pod of each Job had succeeded, by the Job's name.
    Map<String, Long> ended() {
        return ended;
    }

    /// The time that pods held what they asked for, and did no step's work with it.
    Duration idle() {
        long held = ended.entrySet().stream()
                .mapToLong(end -> end.getValue() - started.getOrDefault(end.getKey(), end.getValue()))
                .sum();
        return Duration.ofNanos(held - worked.sum());
    }

    private final class Jobs implements ResourceEventHandler<Job> {
        @Override
        public void onAdd(Job job) {
            made.putIfAbsent(job.getMetadata().getName(), System.nanoTime());
            onUpdate(job, job);
        }

        @Override
        public void onUpdate(Job before, Job job) {
            if (isComplete(job)) completed.putIfAbsent(job.getMetadata().getName(), System.nanoTime());
        }

        @Override
        public void onDelete(Job job, boolean unknown) {
            // what was measured stays
        }
    }

    private static boolean isComplete(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Complete")
                                && condition.getStatus().equals("True"));
    }

    private final class Pods implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            onUpdate(pod, pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (is(pod, "Succeeded"))
                ended.putIfAbsent(pod.getMetadata().getLabels().get(JOB), System.nanoTime());
            if (is(pod, "Running") && told.add(pod.getMetadata().getUid())) begin(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            told.remove(pod.getMetadata().getUid());
        }
    }

    private static boolean is(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }

    private void begin(Pod pod) {
        PlayedPod played = PlayedPod.of(pod);
        Duration work = played.work(lengths);
        started.putIfAbsent(pod.getMetadata().getLabels().get(JOB), System.nanoTime());
        worked.add(work.toNanos());
        trainers.schedule(() -> end(pod, played), lengths.start().plus(work).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(Pod pod, PlayedPod played) {
        Map<String, String> annotations =
                Map.of("sim.isogloss/message", played.message(), "sim.isogloss/run-for", "0s");
        client.resource(pod)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations))));
    }
}
