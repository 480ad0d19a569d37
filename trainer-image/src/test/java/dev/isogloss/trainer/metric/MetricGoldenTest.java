package dev.isogloss.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.metric.Iob.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Numbers of scikit-learn and seqeval; `src/test/python/metric_golden.py` made them.
class MetricGoldenTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private final JsonNode golden = golden();

    private static JsonNode golden() {
        try (var in = MetricGoldenTest.class.getResourceAsStream("golden.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void classification_scores_are_those_of_scikit_learn() {
        for (JsonNode expected : golden.get("classification")) {
            List<String> labels = strings(expected.get("labels"));
            Confusion confusion = Confusion.of(labels, ints(expected.get("gold")), ints(expected.get("predicted")));

            assertThat(confusion.accuracy()).isCloseTo(expected.get("accuracy").asDouble(), EXACT);
            assertThat(confusion.macroF1()).isCloseTo(expected.get("macroF1").asDouble(), EXACT);
            for (int i = 0; i < labels.size(); i++) {
                Agreement label = Objects.requireNonNull(confusion.perClass().get(labels.get(i)));
                assertThat(label.precision())
                        .isCloseTo(expected.get("precision").get(i).asDouble(), EXACT);
                assertThat(label.recall())
                        .isCloseTo(expected.get("recall").get(i).asDouble(), EXACT);
                assertThat(label.f1()).isCloseTo(expected.get("f1").get(i).asDouble(), EXACT);
                assertThat(label.gold())
                        .isEqualTo(expected.get("support").get(i).asLong());
                for (int j = 0; j < labels.size(); j++)
                    assertThat(confusion.count(i, j))
                            .isEqualTo(expected.get("confusion").get(i).get(j).asLong());
            }
        }
    }

    @Test
    void span_scores_are_those_of_seqeval() {
        for (JsonNode expected : golden.get("spans")) {
            List<List<String>> gold = sentences(expected.get("gold"));
            List<List<String>> predicted = sentences(expected.get("predicted"));
            SpanF1 score = SpanF1.of(gold, predicted);

            assertThat(score.micro().precision())
                    .isCloseTo(expected.get("precision").asDouble(), EXACT);
            assertThat(score.micro().recall()).isCloseTo(expected.get("recall").asDouble(), EXACT);
            assertThat(score.micro().f1()).isCloseTo(expected.get("f1").asDouble(), EXACT);
            assertThat(score.macroF1()).isCloseTo(expected.get("macroF1").asDouble(), EXACT);
            assertThat(Tokens.accuracy(gold, predicted))
                    .isCloseTo(expected.get("accuracy").asDouble(), EXACT);
            expected.get("types").properties().forEach(type -> assertThat(
                            Objects.requireNonNull(score.types().get(type.getKey()))
                                    .f1())
                    .isCloseTo(type.getValue().asDouble(), EXACT));
        }
    }

    @Test
    void entities_begin_and_end_where_seqeval_sees_them() {
        for (JsonNode expected : golden.get("spans"))
            for (int i = 0; i < expected.get("predicted").size(); i++) {
                List<Span> entities = new ArrayList<>();
                expected.get("entities")
                        .get(i)
                        .forEach(entity -> entities.add(new Span(
                                entity.get(0).asText(),
                                entity.get(1).asInt(),
                                entity.get(2).asInt())));

                assertThat(Iob.spans(strings(expected.get("predicted").get(i)))).isEqualTo(entities);
            }
    }

    private static List<List<String>> sentences(JsonNode node) {
        List<List<String>> sentences = new ArrayList<>();
        node.forEach(sentence -> sentences.add(strings(sentence)));
        return sentences;
    }

    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        node.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private static int[] ints(JsonNode node) {
        int[] ints = new int[node.size()];
        for (int i = 0; i < ints.length; i++) ints[i] = node.get(i).asInt();
        return ints;
    }
}
