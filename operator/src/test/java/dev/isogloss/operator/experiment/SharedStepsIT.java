package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.cluster.RealApiServer;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Steps that more experiments share, one after the other, than an API server would remember.
@ExtendWith(RealApiServer.class)
class SharedStepsIT {
    /// Each withdraws its request, and every other one is deleted, not released.
    private static final int OWNERS = 5_000;

    private static final int LIVING = 1_000;
    private static final int SAMPLE = 200;

    private final String namespace = "shared-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private @Nullable TrainingStep step;
    private KubernetesClient client = RealApiServer.client();
    private ClusterSteps steps = new ClusterSteps(client, (now, _) -> step = now);

    @BeforeEach
    void create() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        Owner first = owner(0);
        steps.create(
                first, "train-shared", StepFixtures.spec(), new RunRequests(Set.of(), Set.of(), java.util.Map.of()));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Owner owner(int number) {
        return new Owner(
                "isogloss.dev/v1alpha1",
                "TransferExperiment",
                namespace,
                "sweep-" + number,
                UUID.randomUUID().toString(),
                "2026-01-01T00:00:00Z");
    }

    private TrainingStep step() {
        return Objects.requireNonNull(step);
    }

    private void join(Owner owner, boolean requested) {
        steps.update(owner, step(), step().getSpec(), RunRequests.of(step()).joined(owner.uid(), requested));
    }

    /// As the garbage collector does once an owner is deleted.
    private void collect(Owner owner) {
        step = client.resource(step()).edit(fresh -> {
            fresh.getMetadata().getOwnerReferences().removeIf(other -> other.getUid()
                    .equals(owner.uid()));
            return fresh;
        });
    }

    @Test
    void a_step_does_not_remember_those_who_shared_it_once() {
        List<Duration> took = new ArrayList<>();
        for (int i = 1; i <= OWNERS; i++) {
            Owner owner = owner(i);
            long began = System.nanoTime();
            join(owner, true);
            took.add(Duration.ofNanos(System.nanoTime() - began));
            join(owner, false);
            if (i % 2 == 0) steps.release(owner, step());
            else collect(owner);
        }

        TrainingStep now = Objects.requireNonNull(client.resource(step()).get());
        assertThat(Serialization.asJson(now)).hasSizeLessThan(8_000);
        assertThat(now.getMetadata().getManagedFields()).hasSizeLessThan(6);
        assertThat(median(took.subList(OWNERS - SAMPLE, OWNERS)))
                .as("the last ones join as fast as the first")
                .isLessThan(median(took.subList(0, SAMPLE)).multipliedBy(3));
    }

    @Test
    void owners_that_share_a_step_at_one_time_cost_little_more_than_their_references() {
        for (int i = 1; i <= LIVING; i++) join(owner(i), true);

        TrainingStep now = Objects.requireNonNull(client.resource(step()).get());
        assertThat(now.getMetadata().getOwnerReferences()).hasSize(LIVING + 1);
        assertThat(RunRequests.of(now).isRequested()).isTrue();
        assertThat(now.getMetadata().getManagedFields()).hasSizeLessThan(6);
        assertThat(Serialization.asJson(now)).hasSizeLessThan(LIVING * 260);
    }

    /// None of them undoes what another one did, and none has to try again.
    @Test
    void owners_that_join_at_the_same_time_do_not_disturb_each_other() {
        TrainingStep seen = step();
        for (int i = 1; i <= 5; i++) {
            Owner owner = owner(i);
            steps.update(owner, seen, seen.getSpec(), RunRequests.of(seen).joined(owner.uid(), true));
        }

        assertThat(step().getMetadata().getOwnerReferences()).hasSize(6);
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
