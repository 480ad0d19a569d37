package dev.isogloss.operator.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LightSerializationTest {
    private final LightSerialization light = new LightSerialization(new SimpleModule());
    private final KubernetesSerialization plain = new KubernetesSerialization(new ObjectMapper(), true);

    private static TransferExperiment experiment() {
        TransferExperiment experiment = StepFixtures.experiment();
        experiment.getMetadata().setLabels(new HashMap<>(Map.of("team", "mt")));
        experiment.getMetadata().setFinalizers(new ArrayList<>(List.of("keep")));
        experiment.setStatus(new ExperimentStatus(Phase.Running, null, null, null, "1/4", null, null, null, null));
        return experiment;
    }

    @Test
    void a_copy_says_what_a_copy_by_way_of_json_says() {
        assertThat(light.asJson(light.clone(experiment()))).isEqualTo(plain.asJson(plain.clone(experiment())));
    }

    @Test
    void a_change_of_a_copys_metadata_does_not_reach_what_was_copied() {
        TransferExperiment experiment = experiment();
        TransferExperiment copy = light.clone(experiment);
        copy.getMetadata().getLabels().put("team", "other");
        copy.getMetadata().getFinalizers().clear();

        assertThat(experiment.getMetadata().getLabels()).containsExactly(Map.entry("team", "mt"));
        assertThat(experiment.getMetadata().getFinalizers()).containsExactly("keep");
    }

    @Test
    void what_is_not_ours_is_copied_as_ever() {
        ConfigMap map = new ConfigMapBuilder().addToData("a", "b").build();

        assertThat(light.clone(map)).isEqualTo(map).isNotSameAs(map);
    }

    @Test
    void news_say_what_they_say_to_the_client_itself() {
        register();
        for (String news : List.of(
                news("ADDED", """
                        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","labels":{"a":"b"}},"spec":{"containers":[{"name":"t",\
                        "resources":{"limits":{"cpu":"2"}}}]},"status":{"phase":"Running","startTime":"2026-01-02T03:04:05Z"}}"""),
                news("MODIFIED", """
                        {"apiVersion":"isogloss.dev/v1alpha1","kind":"TrainingStep","metadata":{"name":"s"},\
                        "spec":{"key":"k","kind":"Train","step":"{}"},"status":{"phase":"Running"}}"""),
                news("BOOKMARK", """
                        {"kind":"Job","apiVersion":"batch/v1","metadata":{"resourceVersion":"7"},"spec":{"template":{}},"status":{}}"""),
                news("ERROR", """
                        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Expired","code":410}"""),
                news("DELETED", """
                        {"apiVersion":"example.org/v1","kind":"Unheard","metadata":{"name":"u"},"spec":{"a":[1]}}"""),
                news("ADDED", """
                        {"metadata":{"name":"late"},"kind":"ConfigMap","apiVersion":"v1","data":{"a":"b"}}"""))) {
            WatchEvent read = light.unmarshal(news, WatchEvent.class);
            WatchEvent expected = plain.unmarshal(news, WatchEvent.class);

            assertThat(read.getType()).isEqualTo(expected.getType());
            assertThat(read.getObject()).hasSameClassAs(expected.getObject());
            assertThat(plain.asJson(read.getObject())).isEqualTo(plain.asJson(expected.getObject()));
        }
    }

    @Test
    void who_manages_a_field_is_not_read_anywhere() {
        String managed = """
                {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"m","managedFields":[{"manager":"me"}]}}""";
        WatchEvent news = light.unmarshal(news("ADDED", managed), WatchEvent.class);

        assertThat(((HasMetadata) news.getObject()).getMetadata())
                .isEqualTo(new ObjectMetaBuilder().withName("m").build());
        assertThat(light.unmarshal(managed, ConfigMap.class).getMetadata().getManagedFields())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"type\":\"ADDED\"}",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\"",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":[]}}"
            })
    void of_what_cannot_be_read_it_says_what_the_client_says(String news) {
        assertThat(outcome(light, news)).isEqualTo(outcome(plain, news));
    }

    private static String outcome(KubernetesSerialization serialization, String news) {
        try {
            return String.valueOf(serialization.unmarshal(news, WatchEvent.class));
        } catch (RuntimeException refusal) {
            return refusal.getClass() + " " + refusal.getMessage();
        }
    }

    private void register() {
        light.registerKubernetesResource(TrainingStep.class);
        plain.registerKubernetesResource(TrainingStep.class);
    }

    private static String news(String type, String object) {
        return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object);
    }
}
