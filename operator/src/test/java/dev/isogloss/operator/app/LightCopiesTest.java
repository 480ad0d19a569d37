package dev.isogloss.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LightCopiesTest {
    private final LightCopies copies = new LightCopies();

    private static TransferExperiment experiment() {
        return Serialization.unmarshal("""
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: one, namespace: lab, uid: u, labels: {team: mt}, finalizers: [keep]}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {generated: {}}}
                  encoder: {location: {uri: "hf://org/encoder"}}
                  source: qal
                  targets: [qen]
                  stages: [{fineTune: {epochs: 1}}]
                status: {phase: Running, progress: 1/4}
                """, TransferExperiment.class);
    }

    @Test
    void a_copy_says_what_a_copy_by_way_of_json_says() {
        KubernetesSerialization plain = new KubernetesSerialization(new ObjectMapper(), true);

        assertThat(copies.asJson(copies.clone(experiment()))).isEqualTo(plain.asJson(plain.clone(experiment())));
    }

    @Test
    void a_change_of_a_copys_metadata_does_not_reach_what_was_copied() {
        TransferExperiment experiment = experiment();
        TransferExperiment copy = copies.clone(experiment);
        copy.getMetadata().getLabels().put("team", "other");
        copy.getMetadata().getFinalizers().clear();

        assertThat(experiment.getMetadata().getLabels()).containsExactly(Map.entry("team", "mt"));
        assertThat(experiment.getMetadata().getFinalizers()).containsExactly("keep");
    }

    @Test
    void what_is_not_ours_is_copied_as_ever() {
        ConfigMap map = new ConfigMapBuilder().addToData("a", "b").build();

        assertThat(copies.clone(map)).isEqualTo(map).isNotSameAs(map);
    }
}
