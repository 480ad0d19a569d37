package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Scores between models over seeds, beside NumPy; `interpolation_golden.py` of trainer-image made the numbers.
class BlendMeanTest {

    private static JsonNode golden() throws IOException {
        try (var in = BlendMeanTest.class.getResourceAsStream("interpolation.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    private static BlendScore score(Long seed, String from, String alpha, String language, double score, double both) {
        return new BlendScore("interpolate", "de", seed, List.of(from, alpha), language, "Accuracy", score, both);
    }

    /// Seed by seed, as steps come.
    private static List<BlendScore> scores(JsonNode golden) {
        List<BlendScore> scores = new ArrayList<>();
        for (int seed = 0; seed < golden.get("seeds").size(); seed++)
            for (JsonNode cell : golden.get("cells"))
                for (int i = 0; i < golden.get("alphas").size(); i++)
                    scores.add(score(
                            golden.get("seeds").get(seed).asLong(),
                            cell.get("from").asText(),
                            golden.get("alphas").get(i).asText(),
                            cell.get("language").asText(),
                            cell.get("scores").get(seed).get(i).asDouble(),
                            cell.get("both").get(seed).asDouble()));
        return scores;
    }

    @Test
    void means_quotients_and_spreads_are_those_of_numpy() throws IOException {
        JsonNode golden = golden();
        List<BlendMean> means = BlendMean.of(scores(golden));

        assertThat(means).hasSize(4 * 4);
        int at = 0;
        for (JsonNode cell : golden.get("cells"))
            for (int i = 0; i < golden.get("alphas").size(); i++) {
                BlendMean mean = means.get(at++);
                assertThat(mean.of().place())
                        .containsExactly(
                                cell.get("from").asText(),
                                golden.get("alphas").get(i).asText());
                assertThat(mean.n()).isEqualTo(3);
                assertThat(List.of(
                                mean.mean(),
                                Objects.requireNonNull(mean.normalised()),
                                Objects.requireNonNull(mean.variance()),
                                Objects.requireNonNull(mean.deviation())))
                        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                        .containsExactly(
                                cell.get("mean").get(i).asDouble(),
                                cell.get("normalised").get(i).asDouble(),
                                cell.get("variance").get(i).asDouble(),
                                cell.get("deviation").get(i).asDouble());
            }
    }

    @Test
    void one_seed_has_no_spread_and_a_model_of_both_that_fails_no_quotient() {
        BlendMean one = BlendMean.of(List.of(score(1L, "source", "0.5", "de", 0.4, 0.8)))
                .getFirst();
        BlendMean failed = BlendMean.of(
                        List.of(score(1L, "source", "0.5", "de", 0.4, 0), score(2L, "source", "0.5", "de", 0.2, 0)))
                .getFirst();

        assertThat(one.normalised()).isCloseTo(0.5, within(1e-12));
        assertThat(one.variance()).isNull();
        assertThat(one.deviation()).isNull();
        assertThat(failed.mean()).isCloseTo(0.3, within(1e-12));
        assertThat(failed.normalised()).isNull();
        assertThat(failed.variance()).isNull();
    }

    @Test
    void other_stages_targets_places_languages_and_metrics_are_other_rows() {
        BlendScore a = score(1L, "source", "0.5", "de", 0.4, 0.8);

        assertThat(BlendMean.of(List.of(
                        a,
                        score(2L, "source", "0.5", "de", 0.6, 0.8),
                        score(1L, "target", "0.5", "de", 0.6, 0.8),
                        score(1L, "source", "0.6", "de", 0.6, 0.8),
                        score(1L, "source", "0.5", "en", 0.6, 0.8),
                        new BlendScore("wu", "de", 1L, a.place(), "de", "Accuracy", 0.4, 0.8),
                        new BlendScore("interpolate", "fr", 1L, a.place(), "de", "Accuracy", 0.4, 0.8),
                        new BlendScore("interpolate", "de", 1L, a.place(), "de", "SpanF1", 0.4, 0.8))))
                .extracting(BlendMean::n)
                .containsExactly(2, 1, 1, 1, 1, 1, 1);
    }
}
