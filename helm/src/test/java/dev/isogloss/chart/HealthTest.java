package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/// What Argo CD shows for a resource. The cases are files as Argo CD's own tests have them: resources, and for each the
/// status and the message that it should get.
class HealthTest {
    private static final Path SCRIPT = Path.of("gitops/argocd/health.lua");
    private static final Path CASES = Path.of("gitops/argocd/health_test.yaml");
    private static final Path CONFIG_MAP = Path.of("gitops/argocd/argocd-cm.yaml");

    @TestFactory
    Stream<DynamicTest> a_resource_is_as_healthy_as_its_conditions_say() throws IOException {
        String script = Files.readString(SCRIPT);
        return Yaml.read(CASES)
                .path("tests")
                .valueStream()
                .map(one -> DynamicTest.dynamicTest(one.path("name").asText(), () -> {
                    LuaValue health = health(script, one.path("resource"));

                    assertThat(List.of(
                                    health.get("status").tojstring(),
                                    health.get("message").tojstring()))
                            .containsExactly(
                                    one.at("/expected/status").asText(),
                                    one.at("/expected/message").asText());
                }));
    }

    @Test
    void the_config_map_holds_the_script_for_every_kind() throws IOException {
        JsonNode data = Yaml.read(CONFIG_MAP).path("data");

        for (String kind : List.of("TransferExperiment", "CoTrainingRun", "TransferBenchmark", "TrainingStep"))
            assertThat(data.path("resource.customizations.health.isogloss.dev_" + kind)
                            .asText())
                    .isEqualTo(Files.readString(SCRIPT));
    }

    /// Reading a field that is not there is an error of the whole expression.
    @Test
    void flux_asks_for_no_field_that_a_new_resource_lacks() throws IOException {
        String manifests = Files.readString(Path.of("gitops/flux/isogloss.yaml"));

        assertThat(manifests.lines().filter(line -> line.contains("inProgress:")))
                .hasSize(3)
                .allMatch(line -> line.strip().startsWith("inProgress: \"!has(status.observedGeneration) || "));
    }

    private static LuaValue health(String script, JsonNode resource) {
        LuaValue globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(resource));
        return globals.get("load").call(script).call();
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) table.set(i + 1, lua(node.get(i)));
            return table;
        }
        if (node.isNumber()) return LuaValue.valueOf(node.asDouble());
        if (node.isBoolean()) return LuaValue.valueOf(node.asBoolean());
        return node.isNull() ? LuaValue.NIL : LuaValue.valueOf(node.asText());
    }
}
