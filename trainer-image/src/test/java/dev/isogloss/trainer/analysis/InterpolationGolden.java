package dev.isogloss.trainer.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Models with what NumPy says of them in double; `src/test/python/interpolation_golden.py` made the numbers.
final class InterpolationGolden {
    private InterpolationGolden() {}

    static Stream<Arguments> cases() throws IOException {
        try (var in = InterpolationGolden.class.getResourceAsStream("interpolation.json")) {
            List<Arguments> cases = new ArrayList<>();
            new ObjectMapper()
                    .readTree(Objects.requireNonNull(in))
                    .forEach(each -> cases.add(Arguments.of(each.get("name").asText(), each)));
            return cases.stream();
        }
    }

    /// The weights of the source's model, of the target's and of that of both, by name.
    static List<Map<String, Tensor>> models(JsonNode golden) {
        return Stream.of("source", "target", "both")
                .map(model -> weights(golden.get("models").get(model)))
                .toList();
    }

    private static Map<String, Tensor> weights(JsonNode model) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        model.properties().forEach(each -> {
            double[] values = numbers(each.getValue());
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
            weights.put(each.getKey(), Tensor.of(floats, floats.length));
        });
        return weights;
    }

    static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = list.get(i).asDouble();
        return numbers;
    }
}
