package dev.isogloss.trainer.pseudolabel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.random.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Two hundred random tables of predictions, and what Algorithm 1 makes of them; `src/test/python/selection_golden.py`
/// made both.
class SelectionGoldenTest {
    private static final List<String> MODELS = List.of("lm", "emb");

    private static JsonNode golden() {
        try (var in = SelectionGoldenTest.class.getResourceAsStream("golden.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// What one model has handed on so far, and what is left for it.
    private static final class State {
        final Set<ExampleName> taken = new HashSet<>();
        final List<String> learnt = new ArrayList<>();
    }

    @Test
    void every_round_of_every_table_selects_the_same_examples_and_leaves_the_same_pools() {
        JsonNode cases = golden();
        int ties = 0;
        int empty = 0;
        int exhausted = 0;
        int capped = 0;
        for (JsonNode table : cases) {
            Map<String, State> states = new HashMap<>();
            MODELS.forEach(model -> states.put(model, new State()));
            for (JsonNode expected : table.get("rounds")) {
                String model = expected.get("model").asText();
                JsonNode predictions = table.get("predictions")
                        .get(expected.get("round").asInt())
                        .get(model);
                State state = Objects.requireNonNull(states.get(model));
                List<Integer> selected = select(table, expected, predictions, state);

                assertThat(selected).as(table.toString()).isEqualTo(ints(expected.get("selected")));
                assertThat(left(table, state)).isEqualTo(ints(expected.get("left")));
                ties += (int) ints(expected.get("selected")).stream()
                        .filter(x -> isTied(predictions, x))
                        .count();
                empty += selected.isEmpty() ? 1 : 0;
                exhausted += left(table, state).isEmpty() ? 1 : 0;
                capped += selected.size() < expected.get("confident").asInt() ? 1 : 0;
                learn(states, model, selected, predictions);
            }
            for (String model : MODELS)
                assertThat(Objects.requireNonNull(states.get(model)).learnt).isEqualTo(learnt(table, model));
        }
        assertThat(cases).hasSize(200);
        // The tables hold what is easy to get wrong.
        assertThat(List.of(ties, empty, exhausted, capped)).allMatch(count -> count > 20);
    }

    private static List<Integer> select(JsonNode table, JsonNode expected, JsonNode predictions, State state) {
        ConfidentDraw draw = new ConfidentDraw(table.get("threshold").asDouble(), state.taken);
        for (int x = 0; x < predictions.size(); x++)
            draw.offer(name(x), predictions.get(x).get(1).asDouble());
        int most = ConfidentDraw.most(
                table.get("labelled").asLong(), table.get("fraction").asDouble());
        int place = MODELS.indexOf(expected.get("model").asText());
        RandomStream stream = RandomStream.of(
                table.get("seed").asLong(), "select", expected.get("round").asInt(), place);
        List<Integer> selected = draw.draw(most, stream).stream().boxed().toList();
        assertThat(draw.left()).isEqualTo(expected.get("pool").asInt());
        assertThat(draw.confident()).isEqualTo(expected.get("confident").asInt());
        selected.forEach(x -> state.taken.add(name(x)));
        return selected;
    }

    /// Several examples are as confident as this one.
    private static boolean isTied(JsonNode predictions, int x) {
        int same = 0;
        for (JsonNode prediction : predictions)
            if (prediction.get(1).equals(predictions.get(x).get(1))) same++;
        return same > 1;
    }

    /// What one model selects the other one learns.
    private static void learn(Map<String, State> states, String teacher, List<Integer> selected, JsonNode predictions) {
        String learner = teacher.equals("lm") ? "emb" : "lm";
        for (int x : selected)
            Objects.requireNonNull(states.get(learner))
                    .learnt
                    .add(x + predictions.get(x).get(0).asText());
    }

    private static List<String> learnt(JsonNode table, String model) {
        List<String> learnt = new ArrayList<>();
        table.get("learnt")
                .get(model)
                .forEach(each -> learnt.add(each.get(0).asInt() + each.get(1).asText()));
        return learnt;
    }

    private static List<Integer> left(JsonNode table, State state) {
        List<Integer> left = new ArrayList<>();
        for (int x = 0; x < table.get("pool").asInt(); x++) if (!state.taken.contains(name(x))) left.add(x);
        return left;
    }

    private static ExampleName name(int x) {
        return new ExampleName("de", "x" + x);
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> ints = new ArrayList<>();
        array.forEach(each -> ints.add(each.asInt()));
        return ints;
    }
}
