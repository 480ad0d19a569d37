package dev.isogloss.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.Golden;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FactsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void counts_are_whole_numbers_in_json_and_the_rest_is_not() throws JsonProcessingException {
        Facts facts = Facts.of(Fact.Updates, 120)
                .with(Fact.Seconds, 2)
                .with(Fact.Selected, "positive", 30)
                .with(Fact.SelectionScore, Double.NaN);

        assertThat(JSON.writeValueAsString(facts))
                .isEqualTo("{\"seconds\":2.0,\"selected.positive\":30,\"updates\":120}");
    }

    @Test
    void a_fact_of_classes_is_asked_for_by_class() {
        Facts facts = Facts.of(Fact.Selected, 40)
                .with(Fact.Selected, "a.b", 30)
                .with(Fact.Selected, "c", 10)
                .with(Fact.SelectionScore, 0.5);

        assertThat(facts.details(Fact.Selected)).containsExactly(Map.entry("a.b", 30.0), Map.entry("c", 10.0));
        assertThat(facts.get(Fact.Selected)).hasValue(40);
        assertThat(facts.get(Fact.Wrong)).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void the_facts_of_the_whole_step_come_before_those_of_any_number_of_classes() {
        Facts facts = Facts.of(Fact.Seconds, 1.5).with(Fact.Selected, 40);
        for (int i = 0; i < 100; i++) facts = facts.with(Fact.Prior, "class-" + i, 0.01);

        assertThat(facts.texts(64, 64))
                .hasSize(64)
                .containsEntry("seconds", "1.5")
                .containsEntry("selected", "40");
    }

    @Test
    void the_reference_page_names_every_fact() {
        StringBuilder page = new StringBuilder("""
                # Facts of a result

                Written by the build (`./isogloss mvn -pl crds test -Dgolden=write`); do not edit it by hand.

                The numbers under `facts` of a step's `result.json`, and in the status of a `TrainingStep`. A fact of a class,
                a language or a stage has that behind a dot: `selected.positive`, `prior.train.en.positive`.

                | fact | number | meaning |
                |---|---|---|
                """);
        for (Fact fact : Fact.values())
            page.append("| `%s` | %s | %s |\n"
                    .formatted(fact, fact.unit().name().toLowerCase(Locale.ROOT), fact.meaning()));

        Golden.assertHolds(Path.of("../docs/reference/facts.md"), page.toString());
    }

    @Property
    void facts_come_back_from_json_and_from_texts(
            @ForAll Map<String, Double> values, @ForAll double score, @ForAll int updates)
            throws JsonProcessingException {
        Facts facts = Facts.read(values).with(Fact.SelectionScore, score).with(Fact.Updates, updates);

        assertThat(JSON.readValue(JSON.writeValueAsString(facts), Facts.class)).isEqualTo(facts);
        Facts named = Facts.read(facts.texts(Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertThat(named.with(Facts.read(values))).isEqualTo(facts.with(Facts.read(values)));
    }
}
