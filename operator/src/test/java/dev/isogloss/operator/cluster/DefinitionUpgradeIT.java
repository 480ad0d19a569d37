package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An older version's definitions, objects stored under them, and this version put over it. What is older knows less:
/// fewer fields, no defaults for them, no rules.
@ExtendWith(ApiServerPrograms.Needed.class)
class DefinitionUpgradeIT {
    private static final JsonMapper JSON = new JsonMapper();

    /// Fields that the older version does not have yet.
    private static final List<String> YOUNGER = List.of(
            "runtime.failurePolicy",
            "runtime.maxFailedSteps",
            "runtime.keepJobsSeconds",
            "runtime.cpuResources",
            "evaluate",
            "suspend");

    @Test
    void what_was_stored_before_an_upgrade_runs_after_it_and_what_was_done_stays_done() throws Exception {
        try (OwnApiServer server = new OwnApiServer();
                KubernetesClient user = server.client()) {
            for (String kind : ResourceDefinitions.KINDS) {
                CustomResourceDefinition definition = user.resource(older(kind)).serverSideApply();
                user.resource(definition).waitUntilCondition(ResourceDefinitions::isEstablished, 1, TimeUnit.MINUTES);
            }
            user.resources(TransferExperiment.class).inAnyNamespace().list();
            try (OperatorRig rig = new OperatorRig(server.client())) {
                rig.apply(Manifests.small("waiting"));
                rig.apply(Manifests.small("done"));
                rig.apply(Manifests.small("twice")
                        .replace("stages: [{", "stages: [{name: a, fineTune: {epochs: 1}}, {name: a, "));
                conclude(rig, "done");
                assertThat(stored(rig, "waiting").path("spec").has("evaluate")).isFalse();
                String version =
                        stored(rig, "done").at("/metadata/resourceVersion").asText();

                ResourceDefinitions.install(user);
                try (PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Succeed());
                        RunningOperator operator = new RunningOperator(server.client(), rig.namespace())) {
                    assertThat(operator).isNotNull();
                    ExperimentStatus status = rig.await("waiting", ConditionType.Complete);

                    assertThat(status.progress()).isEqualTo("4/4");
                    assertThat(rig.experiment("waiting")
                                    .getSpec()
                                    .common()
                                    .evaluate()
                                    .splits())
                            .containsExactly("test");
                    assertThat(stored(rig, "done")
                                    .at("/metadata/resourceVersion")
                                    .asText())
                            .isEqualTo(version);
                    rig.await("twice", told -> told.phase() != null);
                    assertThat(jobs.made().values()).containsOnly(1);
                }
            }
        }
    }

    private static CustomResourceDefinition older(String kind) throws IOException {
        String file = "/dev/isogloss/crds/" + kind + ".yaml";
        try (InputStream in = Objects.requireNonNull(DefinitionUpgradeIT.class.getResourceAsStream(file))) {
            ObjectNode tree = JSON.valueToTree(Serialization.unmarshal(in, CustomResourceDefinition.class));
            ObjectNode version = (ObjectNode) tree.at("/spec/versions/0");
            version.remove("additionalPrinterColumns");
            version.remove("selectableFields");
            forgetRules(version);
            JsonNode spec = version.at("/schema/openAPIV3Schema/properties/spec/properties");
            for (String field : YOUNGER) forget(spec, field);
            return JSON.treeToValue(tree, CustomResourceDefinition.class);
        }
    }

    private static void forget(JsonNode properties, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) ((ObjectNode) properties).remove(path);
        else if (properties.has(path.substring(0, dot)))
            forget(properties.path(path.substring(0, dot)).path("properties"), path.substring(dot + 1));
    }

    private static void forgetRules(JsonNode tree) {
        if (tree instanceof ObjectNode object) object.remove("x-kubernetes-validations");
        tree.forEach(DefinitionUpgradeIT::forgetRules);
    }

    /// As an operator of the older version left it.
    private static void conclude(OperatorRig rig, String name) {
        rig.client()
                .genericKubernetesResources("isogloss.dev/v1alpha1", "TransferExperiment")
                .inNamespace(rig.namespace())
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"phase": "Succeeded", "observedGeneration": 1, "progress": "4/4", "conditions": [
                          {"type": "Complete", "status": "True", "observedGeneration": 1, "reason": "AllStepsSucceeded",
                           "message": "all 4 steps succeeded", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                        """);
    }

    /// What the API server has, without this version's classes in between.
    private static JsonNode stored(OperatorRig rig, String name) {
        GenericKubernetesResource found = rig.client()
                .genericKubernetesResources("isogloss.dev/v1alpha1", "TransferExperiment")
                .inNamespace(rig.namespace())
                .withName(name)
                .get();
        return JSON.valueToTree(found);
    }
}
