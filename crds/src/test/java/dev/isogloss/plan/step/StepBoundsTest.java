package dev.isogloss.plan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A step's JSON with a value that no plan gives: a file or a TrainingStep that somebody has edited.
class StepBoundsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// By field, wherever it stands in a step.
    private static final Map<String, List<String>> WRONG = Map.ofEntries(
            Map.entry("revision", List.of("0")),
            Map.entry("maxLength", List.of("0")),
            Map.entry("fraction", List.of("-0.1", "1.1")),
            Map.entry("source", List.of("\"\"", "\" \"")),
            Map.entry("target", List.of("\"\"")),
            Map.entry("language", List.of("\"\"")),
            Map.entry("split", List.of("\"\"")),
            Map.entry("name", List.of("\"\"")),
            Map.entry("version", List.of("\"\"")),
            Map.entry("stage", List.of("\"\"")));

    /// A place in a step, and what cannot stand there.
    private record Edit(String kind, String path, ObjectNode step, ObjectNode holder, String field, JsonNode wrong) {}

    private static List<Edit> edits() throws JsonProcessingException {
        List<Edit> edits = new ArrayList<>();
        for (var kind : EveryKind.first().entrySet()) {
            String json = CanonicalJson.of(kind.getValue());
            for (String path : paths(JSON.readTree(json), "")) {
                String field = path.substring(path.lastIndexOf('/') + 1);
                for (String wrong : WRONG.getOrDefault(field, List.of())) {
                    ObjectNode step = (ObjectNode) JSON.readTree(json);
                    ObjectNode holder = (ObjectNode) step.at(path.substring(0, path.lastIndexOf('/')));
                    edits.add(new Edit(kind.getKey(), path, step, holder, field, JSON.readTree(wrong)));
                }
            }
        }
        return edits;
    }

    private static List<String> paths(JsonNode node, String before) {
        List<String> paths = new ArrayList<>();
        if (node.isObject())
            node.properties().forEach(member -> {
                String path = before + "/" + member.getKey();
                if (member.getValue().isValueNode()) paths.add(path);
                else paths.addAll(paths(member.getValue(), path));
            });
        for (int i = 0; node.isArray() && i < node.size(); i++) paths.addAll(paths(node.get(i), before + "/" + i));
        return paths;
    }

    @ParameterizedTest
    @MethodSource("edits")
    void a_value_that_cannot_be_is_refused(Edit edit) {
        edit.holder().set(edit.field(), edit.wrong());

        assertThatThrownBy(() -> StepJson.read(edit.step().toString()), "%s%s", edit.kind(), edit.path())
                .isNotNull();
    }

    @Test
    void every_kind_is_tried_and_every_field_somewhere() throws JsonProcessingException {
        Set<String> kinds = new TreeSet<>();
        Set<String> fields = new TreeSet<>();
        for (Edit edit : edits()) {
            kinds.add(edit.kind());
            fields.add(edit.field());
        }

        assertThat(kinds).isEqualTo(new TreeSet<>(EveryKind.first().keySet()));
        assertThat(fields).isEqualTo(new TreeSet<>(WRONG.keySet()));
    }

    @Test
    void a_label_is_trusted_by_a_probability() throws JsonProcessingException {
        String agree = CanonicalJson.of(EveryKind.first().get("Agree"));
        for (String wrong : List.of("-0.1", "1.1")) {
            ObjectNode step = (ObjectNode) JSON.readTree(agree);
            step.remove("fraction");
            step.set("posterior", JSON.readTree(wrong));
            assertThatThrownBy(() -> StepJson.read(step.toString())).hasStackTraceContaining("posterior");
        }
    }

    @Test
    void an_encoder_that_nobody_has_made_yet_is_given_to_pretraining_alone() throws JsonProcessingException {
        JsonNode fresh = null;
        for (PlannedStep step : EveryKind.all())
            if (step.spec() instanceof PretrainStep pretrain && pretrain.encoder() instanceof EncoderOrigin.Fresh)
                fresh = JSON.readTree(CanonicalJson.of(pretrain)).get("encoder");
        assertThat(fresh).isNotNull();
        for (String field : List.of("encoder", "generator"))
            for (var kind : EveryKind.first().entrySet()) {
                ObjectNode step = (ObjectNode) JSON.readTree(CanonicalJson.of(kind.getValue()));
                if (!step.has(field)
                        || step.get(field) instanceof TextNode
                        || kind.getKey().equals("Pretrain")) continue;
                step.set(field, fresh);
                assertThatThrownBy(() -> StepJson.read(step.toString()), kind.getKey())
                        .hasStackTraceContaining(kind.getKey());
            }
    }
}
