package dev.isogloss.plan.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.PlannedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a step says of itself, whatever its kind.
class StepSpecTest {
    private static final List<String> KINDS = Arrays.stream(StepSpec.class.getPermittedSubclasses())
            .map(kind -> kind.getAnnotation(JsonTypeName.class).value())
            .toList();

    private static final String READS = """
            Pretrain           | encoder/xlmr; corpus de en; pairs de en
            RankTranslations   | a step; pairs de en
            Train              | a step; data en train; data en dev; pairs de
            SemanticAlignment  | a step; data en train; pairs de; data en dev
            Adapt              | a step; data en train; a step; data de train
            Evaluate           | a step; data de en test
            Ensemble           | a step; a step; data de en test
            Interpolate        | a step; a step; a step; data de en dev
            Analyse            | a step; a step; a step; a step; a step; a step; data en train; data en test; data de test
            Project            | encoder/xlmr; a step; a step; a step; a step; data en test; dictionary
            PredictPool        | a step; data de pool
            SelectPseudoLabels | a step; data en train
            ChooseBestRound    | a step; a step; a step; a step
            Augment            | encoder/xlmr; data de train
            Agree              | a step; a step; data de train
            ChooseCandidate    | a step; a step
            Compare            | a step; a step; a step; a step
            """;

    /// Weights, and whether a device is wanted.
    private static final String COSTS = """
            Pretrain, 10, true
            RankTranslations, 10, true
            Train, 10, true
            SemanticAlignment, 5, true
            Adapt, 10, true
            Evaluate, 1, true
            Ensemble, 1, false
            Interpolate, 5, true
            Analyse, 1, false
            Project, 1, false
            PredictPool, 3, true
            SelectPseudoLabels, 1, false
            ChooseBestRound, 1, false
            Augment, 5, true
            Agree, 1, false
            ChooseCandidate, 1, false
            Compare, 1, false
            """;

    private static StepSpec first(String kind) {
        return Objects.requireNonNull(EveryKind.first().get(kind), kind);
    }

    @Test
    void these_tests_see_every_kind() {
        assertThat(EveryKind.first().keySet()).containsExactlyInAnyOrderElementsOf(KINDS);
        for (String table : List.of(READS, COSTS))
            assertThat(table.lines().map(line -> line.split("[ ,|]")[0])).containsExactlyInAnyOrderElementsOf(KINDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = READS)
    void a_step_says_what_it_reads(String kind, String reads) {
        assertThat(first(kind).reads().stream().map(StepSpecTest::words).collect(Collectors.joining("; ")))
                .isEqualTo(reads);
    }

    private static String words(Input input) {
        return switch (input) {
            case Input.LabelledData data ->
                "data " + String.join(" ", data.languages()) + " " + String.join(" ", data.splits());
            case Input.PlainText text -> "corpus " + String.join(" ", text.languages());
            case Input.Translations pairs ->
                "pairs " + String.join(" ", pairs.corpus().languages());
            case Input.PublishedEncoder encoder -> encoder.locationName().orElseThrow();
            case Input.Dictionary dictionary -> dictionary.locationName().orElseThrow();
            case Input.StepOutput _ -> "a step";
        };
    }

    @Test
    void a_training_of_a_later_round_reads_the_pseudo_labels_of_earlier_ones() {
        PlannedStep select = step("select sentences round 1 seed 1");
        PlannedStep second = step("train sentences round 2 seed 1");

        assertThat(second.spec().reads()).contains(new Input.StepOutput(select.key()));
        assertThat(second.inputs()).contains(select.key());
    }

    private static PlannedStep step(String title) {
        return EveryKind.all().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(textBlock = COSTS)
    void a_step_says_how_long_it_takes_and_whether_it_wants_a_device(String kind, int weight, boolean device) {
        assertThat(first(kind).weight()).isEqualTo(weight);
        assertThat(first(kind).device()).isEqualTo(device);
    }

    @Test
    void the_chain_of_models_behind_a_step_leads_to_all_that_was_learnt_from() {
        StepSpec adapt = first("Adapt");
        StepSpec teacher = spec(adapt.startsFrom().orElseThrow());

        assertThat(learntBy(adapt)).containsExactly("en");
        assertThat(teacher).isInstanceOf(TrainStep.class);
        assertThat(learntBy(teacher)).containsExactly("en");
        assertThat(spec(teacher.startsFrom().orElseThrow())).isInstanceOf(SemanticAlignmentStep.class);
        assertThat(first("Evaluate").startsFrom()).isEmpty();
        assertThat(first("Evaluate").learnsFrom()).isEmpty();
    }

    private static StepSpec spec(StepKey key) {
        return EveryKind.all().stream()
                .filter(step -> step.key().equals(key))
                .findFirst()
                .orElseThrow()
                .spec();
    }

    @Test
    void a_step_comes_back_from_its_json() throws JsonProcessingException {
        for (PlannedStep step : EveryKind.all())
            assertThat(StepJson.read(CanonicalJson.of(step.spec()))).isEqualTo(step.spec());
    }

    @Test
    void a_step_gets_the_locations_that_it_reads_and_no_others() {
        Locations all = EveryKind.locations();
        InputLocations places = InputLocations.of(all);

        assertThat(all.claims()).containsExactly("data", "encoders", "pairs", "texts", "words");
        assertThat(places.of(first("Pretrain").reads()).claims()).containsExactly("encoders", "pairs", "texts");
        assertThat(places.of(first("Evaluate").reads()))
                .isEqualTo(new Locations(Map.of("data", all.inputs().get("data")), all.languages()));
        assertThat(places.of(first("ChooseBestRound").reads())).isEqualTo(Locations.NONE);
    }

    @Test
    void a_dictionary_is_an_input_like_the_others() {
        Input dictionary = new Input.Dictionary(new DictionaryIdentity("synonyms", "1"));

        assertThat(InputLocations.of(EveryKind.locations())
                        .of(List.of(dictionary))
                        .claims())
                .containsExactly("words");
    }

    @Test
    void the_field_that_names_the_kind_lists_every_kind() {
        String sentence = Stream.of(TrainingStepSpec.class.getRecordComponents())
                .filter(component -> component.getName().equals("kind"))
                .map(component -> component.getAnnotation(Meaning.class).value())
                .findFirst()
                .orElseThrow();

        assertThat(sentence)
                .isEqualTo("Which kind of step: %s or %s."
                        .formatted(String.join(", ", KINDS.subList(0, KINDS.size() - 1)), KINDS.getLast()));
    }

    @Test
    void the_chart_names_the_kinds_that_get_no_device() throws IOException {
        List<String> without =
                KINDS.stream().filter(kind -> !first(kind).device()).toList();

        assertThat(Files.readString(Path.of("../helm/isogloss/values.yaml")))
                .contains("# The same for steps that never hold a GPU: %s and %s."
                        .formatted(String.join(", ", without.subList(0, without.size() - 1)), without.getLast()));
    }

    @Test
    void the_page_about_the_store_has_a_line_for_every_kind() throws IOException {
        assertThat(Files.readString(Path.of("../docs/store.md")))
                .contains(KINDS.stream().map("\n| `%s` | "::formatted).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "Train, en",
        "SemanticAlignment, en",
        "Adapt, en",
        "Evaluate, ''",
        "Agree, ''",
    })
    void a_step_names_the_languages_whose_labels_it_learns_from(String kind, String languages) {
        assertThat(String.join(" ", learntBy(first(kind)))).isEqualTo(languages);
    }

    /// Without its cut a split is read whole, or from the wrong file.
    @Test
    void a_step_knows_the_cut_of_every_split_that_it_says_it_reads() {
        String cuts = Stream.of("train", "dev", "test", "pool")
                .map(split -> "%s: {file: of-%s}".formatted(split, split))
                .collect(Collectors.joining(", ", "{", "}"));
        List<Input.LabelledData> read = EveryKind.allWith(cuts).stream()
                .flatMap(step -> step.spec().reads().stream())
                .filter(Input.LabelledData.class::isInstance)
                .map(Input.LabelledData.class::cast)
                .toList();

        assertThat(read).hasSizeGreaterThan(20).allSatisfy(data -> {
            for (String language : data.languages())
                for (String split : data.splits())
                    assertThat(data.data().cut(language, split))
                            .map(SplitSource::file)
                            .hasValue("of-" + split);
        });
    }

    private static List<String> learntBy(StepSpec spec) {
        return spec.learnsFrom().map(Input.LabelledData::languages).orElse(List.of());
    }

    @Test
    void a_model_that_goes_on_from_another_says_which() {
        for (PlannedStep step : EveryKind.all()) {
            List<StepKey> inputs = List.copyOf(step.inputs());
            switch (step.spec()) {
                case SemanticAlignmentStep next -> assertThat(next.startsFrom()).contains(next.model());
                case AdaptStep next -> assertThat(next.startsFrom()).contains(next.model());
                case RankTranslationsStep next -> assertThat(next.startsFrom()).contains(inputs.getFirst());
                case TrainStep next ->
                    assertThat(next.startsFrom()).isEqualTo(next.encoder().step());
                case PretrainStep next ->
                    assertThat(next.startsFrom()).isEqualTo(next.encoder().step());
                default -> assertThat(step.spec().startsFrom()).isEmpty();
            }
        }
    }
}
