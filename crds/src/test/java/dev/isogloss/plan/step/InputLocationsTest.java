package dev.isogloss.plan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two datasets of one plan, and a dictionary that both sides share.
class InputLocationsTest {
    private static final Location HERE = new Location(null, "here", "{language}.jsonl", null);
    private static final Location THERE = new Location(null, "there", "{language}.jsonl", null);
    private static final Location WORDS = new Location(null, "words", "synonyms.json", null);
    private static final LanguageFiles GERMAN = new LanguageFiles("de", "deutsch.jsonl", null);

    private static final Input.LabelledData SMALL = data("small");
    private static final Input.LabelledData LARGE = data("large");
    private static final Input SYNONYMS = new Input.Dictionary(new DictionaryIdentity("synonyms", "1"));

    private static final InputLocations PLACES = new InputLocations(
            new Locations(Map.of(Input.DATA, HERE, Input.DICTIONARY, WORDS), List.of()),
            Map.of(LARGE.identity().orElseThrow(), new Locations(Map.of(Input.DATA, THERE), List.of(GERMAN))));

    private static Input.LabelledData data(String name) {
        return new Input.LabelledData(
                new DatasetIdentity(name, "1", DataFormat.JsonLines, null, Map.of(), null),
                TaskType.SequenceClassification,
                List.of("en"),
                List.of("train"));
    }

    @Test
    void each_dataset_lies_where_its_name_and_version_say() {
        assertThat(PLACES.of(SMALL)).contains(HERE);
        assertThat(PLACES.of(LARGE)).contains(THERE);
        assertThat(PLACES.languages(SMALL)).isEmpty();
        assertThat(PLACES.languages(LARGE)).containsExactly(GERMAN);
        assertThat(PLACES.claims()).containsExactly("here", "there", "words");
    }

    @Test
    void a_step_is_told_of_its_own_dataset_alone() {
        assertThat(PLACES.of(List.of(LARGE, SYNONYMS)))
                .isEqualTo(new Locations(Map.of(Input.DATA, THERE, Input.DICTIONARY, WORDS), List.of(GERMAN)));
        assertThat(PLACES.of(List.of(SMALL, SMALL)).inputs()).containsOnlyKeys(Input.DATA);
    }

    @Test
    void two_datasets_do_not_go_into_one_pod() {
        assertThat(PLACES.agree(List.of(SMALL, SYNONYMS, SMALL))).isTrue();
        assertThat(PLACES.agree(List.of(SMALL, SYNONYMS, LARGE))).isFalse();
        assertThatThrownBy(() -> PLACES.of(List.of(SMALL, LARGE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("one name for several places among ");
    }

    @Test
    void what_is_fetched_is_moved_and_nothing_else() {
        InputLocations moved = PLACES.moved(
                List.of(LARGE),
                (inputs, locations) ->
                        inputs.isEmpty() ? locations : new Locations(Map.of(Input.DATA, WORDS), locations.languages()));

        assertThat(moved.of(LARGE)).contains(WORDS);
        assertThat(moved.languages(LARGE)).containsExactly(GERMAN);
        assertThat(moved.of(SMALL)).contains(HERE);
    }
}
