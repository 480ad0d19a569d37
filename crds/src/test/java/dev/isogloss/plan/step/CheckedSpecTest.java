package dev.isogloss.plan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.manifest.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A step that cannot be is not built: a value is changed in the JSON of one that can.
class CheckedSpecTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final StepKey KEY = new StepKey("1".repeat(64));

    private static StepSpec changed(String kind, String pointer, String json) throws Exception {
        ObjectNode tree = (ObjectNode) MAPPER.readTree(
                CanonicalJson.of(Objects.requireNonNull(EveryKind.first().get(kind))));
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) tree.at(pointer.substring(0, last))).set(pointer.substring(last + 1), MAPPER.readTree(json));
        return StepJson.read(tree.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                Pretrain           | /revision              | 0            | revision is 0; it must be at least 1.
                Pretrain           | /encoder/name          | " "          | the encoder's name is blank; write a name
                Pretrain           | /corpus/languages      | []           | the corpus' languages has 0 items
                Pretrain           | /corpus/languages      | ["en", "en"] | the corpus' languages holds twice en; remove one of them.
                RankTranslations   | /corpus/pairs          | false        | planned without its pairs
                Train              | /source                | ""           | source is blank; write a name
                Train              | /maxLength             | 0            | maxLength is 0; it must be at least 1.
                Train              | /translations/maxTexts | 0            | maxTexts is 0; it must be at least 1.
                Train              | /data/version          | ""           | the dataset's version is blank; write a name
                SemanticAlignment  | /languages             | ["en", ""]   | languages is blank; write a name
                Adapt              | /encoder               | null         | Adapt by distill trains a new model and needs the encoder
                Adapt              | /target                | ""           | target is blank; write a name
                Evaluate           | /splits                | []           | splits has 0 items; it needs at least 1.
                Evaluate           | /languages             | null         | languages is missing
                Ensemble           | /evaluations           | []           | evaluations has 0 items
                Interpolate        | /maxExamples          | 0            | maxExamples is 0; it must be at least 1.
                Interpolate        | /line                 | null         | measures lines or a plane; give coefficients of one
                Interpolate        | /plane                | [0, 1]       | measures lines or a plane; give coefficients of one
                Interpolate        | /line                 | [0, 11]      | line is 11; it must be at most 10.
                Interpolate        | /line                 | [1, 1]       | line holds twice 1.0; remove one of them.
                Interpolate        | /languages            | ["en"]       | Interpolate scores source and target, not [en]
                Interpolate        | /split                | " "          | split is blank; write a name
                Analyse            | /maxExamples           | 0            | maxExamples is 0
                Analyse            | /models                | []           | models has 0 items
                Project            | /encoders              | []           | encoders has 0 items
                Project            | /dictionary            | null         | Project looks words up, and needs the dictionary
                Project            | /maxLength             | 0            | maxLength is 0; it must be at least 1.
                PredictPool        | /split                 | ""           | split is blank; write a name
                SelectPseudoLabels | /confidence            | 1.5          | confidence is 1.5; it must be at most 1.
                SelectPseudoLabels | /sampleFraction        | 0            | sampleFraction is 0; it must be greater than 0.
                ChooseBestRound    | /evaluations           | []           | evaluations has 0 items
                ChooseCandidate    | /candidates            | [["1111111111111111111111111111111111111111111111111111111111111111"]]   | one candidate leaves nothing to choose
                ChooseCandidate    | /languages             | []           | languages has 0 items
                Compare            | /metric                | "MacroF1"    | single examples have no share of MacroF1; compare by Accuracy
                Compare            | /averaged              | ["de"]       | a mean is one over two languages at least
                Compare            | /system/choice         | null         | 2 candidates; several need a choice, and one needs none
                Compare            | /resamples             | 0            | resamples is 0; it must be at least 1.
                """)
    void a_value_that_cannot_be_is_refused_with_a_sentence(String kind, String pointer, String json, String sentence) {
        assertThatThrownBy(() -> changed(kind, pointer, json)).hasMessageContaining(sentence);
    }

    @Test
    void a_method_that_goes_on_from_its_model_takes_no_encoder() throws Exception {
        String iwda = MAPPER.writeValueAsString(Map.of("iwda", SettingsReader.of(Iwda.class, "{}")));

        assertThatThrownBy(() -> changed("Adapt", "/settings", iwda))
                .hasMessageContaining("Adapt by iwda goes on from its model; leave encoder out");
    }

    @Test
    void only_pretraining_makes_an_encoder() throws Exception {
        PretrainStep fresh = (PretrainStep) EveryKind.all().stream()
                .map(step -> step.spec())
                .filter(spec ->
                        spec instanceof PretrainStep pretrain && pretrain.encoder() instanceof EncoderOrigin.Fresh)
                .findFirst()
                .orElseThrow();

        assertThat(fresh.encoder().reads()).isEmpty();
        assertThatThrownBy(() -> changed("Train", "/encoder", MAPPER.writeValueAsString(fresh.encoder())))
                .hasMessageContaining("Train starts from an encoder that exists, and only Pretrain makes one");
    }

    @Test
    void every_model_has_its_evaluation_and_every_round_the_same_models() {
        assertThatThrownBy(() -> new ChooseBestRoundStep(1, List.of(KEY, KEY), List.of(KEY)))
                .hasMessage("there are 2 models and 1 evaluations; give every model one");
        assertThatThrownBy(() -> new PseudoLabelInputs.EarlierRounds(List.of(List.of(KEY), List.of(KEY, KEY)), 0, 1))
                .hasMessage("every round has the same models; one does not have 1");
        assertThatThrownBy(() -> new PseudoLabelInputs.EarlierRounds(List.of(List.of(KEY)), 1, 1))
                .hasMessage("own is 1, and a round has models 0 to 0");
    }

    @Test
    void a_list_that_changes_later_does_not_change_the_step() {
        List<StepKey> keys = new ArrayList<>(List.of(KEY));
        ChooseBestRoundStep choose = new ChooseBestRoundStep(1, keys, keys);
        keys.clear();

        assertThat(choose.models()).containsExactly(KEY);
    }
}
