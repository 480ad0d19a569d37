package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Definitions are deleted or replaced while the operator runs. Whoever does that restarts no operator by hand: only a
/// process that has ended by itself is started again.
@ExtendWith(ApiServerPrograms.Needed.class)
class DefinitionsReplacedIT {
    private static final StepCounts ALL_DONE = new StepCounts(4, 4, 0, 0, 0);

    @TempDir
    private Path folder;

    @Test
    void experiments_run_after_the_definitions_were_deleted_and_applied_again() throws Exception {
        try (OwnApiServer server = new OwnApiServer();
                KubernetesClient administrator = server.client()) {
            ResourceDefinitions.install(administrator);
            try (OperatorRig rig = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Run());
                    PackagedOperator operator = start(server)) {
                operator.awaitReady();
                rig.apply(Manifests.small("again"));
                rig.await("again", status -> status.phase() == Phase.Running);
                ResourceDefinitions.remove(administrator);
                ResourceDefinitions.install(administrator);
                completeFresh(rig, operator, jobs, "at-once");

                ResourceDefinitions.remove(administrator);
                rig.eventually(() -> assertThat(isReady(operator)).isFalse());
                ResourceDefinitions.install(administrator);
                completeFresh(rig, operator, jobs, "later");
            }
        }
    }

    /// One that is the same as before the deletion, and another one.
    private static void completeFresh(OperatorRig rig, PackagedOperator operator, PlayedJobs jobs, String name) {
        rig.apply(Manifests.small("again"));
        rig.apply(Manifests.small(name).replace("epochs: 1", "epochs: 2"));
        jobs.script(_ -> new Succeed());
        for (String experiment : new String[] {"again", name})
            rig.eventually(() -> {
                startAgainIfItHasEnded(operator);
                assertThat(rig.experiment(experiment).getStatus().steps()).isEqualTo(ALL_DONE);
            });
    }

    private static boolean isReady(PackagedOperator operator) {
        startAgainIfItHasEnded(operator);
        try {
            return operator.get("/q/health/ready").statusCode() == 200;
        } catch (IOException ended) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void startAgainIfItHasEnded(PackagedOperator operator) {
        try {
            operator.startAgainIfItHasEnded();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A watch that has met what it cannot read ends for good.
    @Test
    void an_operator_that_cannot_read_what_other_definitions_admit_ends_until_they_are_mended() throws Exception {
        try (OwnApiServer server = new OwnApiServer();
                KubernetesClient administrator = server.client()) {
            ResourceDefinitions.install(administrator);
            try (OperatorRig rig = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Succeed());
                    PackagedOperator operator = start(server)) {
                operator.awaitReady();
                administrator
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("transferexperiments.isogloss.dev")
                        .edit(DefinitionsReplacedIT::admittingAnything);
                rig.eventually(() -> assertThat(isAdmitted(rig)).isTrue());
                assertThat(operator.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(operator.process().exitValue()).isEqualTo(1);
                assertThat(operator.log())
                        .anyMatch(line -> line.contains("the watch of TransferExperiments has ended"));

                operator.startAgainIfItHasEnded();
                assertThat(operator.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(operator.process().exitValue()).isEqualTo(1);
                rig.delete("odd");
                ResourceDefinitions.install(administrator);
                operator.startAgainIfItHasEnded();
                rig.apply(Manifests.small("after"));
                assertThat(rig.await("after", ConditionType.Complete).steps()).isEqualTo(ALL_DONE);
                assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            }
        }
    }

    private static CustomResourceDefinition admittingAnything(CustomResourceDefinition definition) {
        var schema = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var spec = schema.getProperties().get("spec");
        spec.setProperties(null);
        spec.setRequired(null);
        spec.setXKubernetesValidations(null);
        spec.setXKubernetesPreserveUnknownFields(true);
        return definition;
    }

    /// The API server takes a moment to go by another schema.
    private static boolean isAdmitted(OperatorRig rig) {
        try {
            rig.apply(Manifests.small("odd").replace("[1, 2]", "none"));
            return true;
        } catch (KubernetesClientException refused) {
            return false;
        }
    }

    private PackagedOperator start(OwnApiServer server) throws IOException {
        return new PackagedOperator(folder, server.kubeconfig(), Constants.WATCH_ALL_NAMESPACES, false);
    }
}
