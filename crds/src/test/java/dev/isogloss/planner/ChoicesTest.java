package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.Analyse;
import dev.isogloss.api.method.MethodSettings;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.api.run.ExchangeStrategy;
import dev.isogloss.api.run.RoundStrategy;
import dev.isogloss.api.run.Strategy;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.manifest.SettingsReader;
import io.fabric8.generator.annotation.ValidationRule;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Records of which one member is given, beside the sealed types of that member, and rules that list members by name.
class ChoicesTest {

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ChoicesTest::leaves)
                : Stream.of(type);
    }

    private static List<Class<?>> membersOf(Class<? extends Record> choice, Class<?> family) {
        return Stream.of(choice.getRecordComponents())
                .<Class<?>>map(RecordComponent::getType)
                .filter(family::isAssignableFrom)
                .toList();
    }

    private static MethodSettings settings(Class<?> method) {
        return SettingsReader.of(method.asSubclass(MethodSettings.class), "{}");
    }

    private static List<String> names(Stream<Class<?>> methods) {
        return methods.map(method -> settings(method).method()).toList();
    }

    /// The methods that make a model for each target language, or measure those.
    static List<String> perTarget() {
        return names(Stream.concat(leaves(TargetAdaptation.class), Stream.of(Analyse.class)));
    }

    private static String has(String on, List<String> names, String separator) {
        return names.stream().map(name -> "has(%s.%s)".formatted(on, name)).collect(Collectors.joining(separator));
    }

    private static String listed(List<String> names, String last) {
        return String.join(", ", names.subList(0, names.size() - 1)) + last + names.getLast();
    }

    @Test
    void every_method_is_a_stage_and_every_strategy_one_of_a_run() {
        assertThat(membersOf(Stage.class, MethodSettings.class))
                .containsExactlyInAnyOrderElementsOf(
                        leaves(MethodSettings.class).toList());
        assertThat(membersOf(Strategy.class, RoundStrategy.class))
                .containsExactlyInAnyOrderElementsOf(leaves(RoundStrategy.class).toList());
    }

    @Test
    void a_method_is_called_by_the_field_that_holds_it() {
        assertThat(names(membersOf(Stage.class, MethodSettings.class).stream())).isEqualTo(Manifests.stages());
        for (Class<?> method : TargetAdaptation.class.getPermittedSubclasses())
            assertThat(method.getAnnotation(JsonTypeName.class).value())
                    .isEqualTo(settings(method).method());
    }

    @Test
    void a_stage_is_the_method_of_whichever_field_is_given() {
        for (String stage : Manifests.stages())
            assertThat(Manifests.spec(Manifests.withPairs(Manifests.SMALL) + "    - " + stage + ": {}\n")
                            .stages()
                            .getLast()
                            .settings()
                            .method())
                    .isEqualTo(stage);
        for (String strategy : Manifests.strategies())
            assertThat(Manifests.run(Manifests.runBy(strategy))
                            .strategy()
                            .chosen()
                            .getClass()
                            .getSimpleName())
                    .isEqualToIgnoringCase(strategy + "Strategy");
    }

    @Test
    void the_rules_of_a_choice_list_every_member() {
        ValidationRule ofStage = Stage.class.getAnnotation(ValidationRule.class);
        ValidationRule ofStrategy = Strategy.class.getAnnotation(ValidationRule.class);
        String exactlyOne = "[%s].filter(given, given).size() == 1";

        assertThat(ofStage.value()).isEqualTo(exactlyOne.formatted(has("self", Manifests.stages(), ", ")));
        assertThat(ofStage.message())
                .startsWith("a stage is exactly one method: %s;".formatted(listed(Manifests.stages(), " or ")));
        assertThatThrownBy(() ->
                        new Stage(null, null, null, null, null, null, null, null, null, null, null, null, null, null))
                .hasMessageStartingWith("A stage" + ofStage.message().substring("a stage".length()));
        assertThat(ofStrategy.value()).isEqualTo(exactlyOne.formatted(has("self", Manifests.strategies(), ", ")));
        assertThat(ofStrategy.message())
                .isEqualTo("a strategy is exactly one of " + listed(Manifests.strategies(), " and "));
        assertThatThrownBy(() -> new Strategy(null, null, null))
                .hasMessage("A strategy" + ofStrategy.message().substring("a strategy".length()) + ".");
    }

    static List<String> needingTargets() {
        return Stream.concat(perTarget().stream(), Stream.of("interpolate")).toList();
    }

    @ParameterizedTest
    @MethodSource("needingTargets")
    void a_stage_that_makes_a_model_for_each_target_needs_a_target(String stage) {
        String none = Manifests.SMALL.replace("targets: [de, fr]", "targets: []") + "    - " + stage + ": {}\n";

        assertThatThrownBy(() -> ManifestReader.read("m.yaml", none))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a stage with a model for each target language needs some");
    }

    @Test
    void what_tells_classes_apart_does_not_fit_trees() {
        List<String> stages = perTarget();

        assertThat(TransferExperimentSpec.class.getAnnotationsByType(ValidationRule.class))
                .filteredOn(rule -> rule.message().startsWith(listed(stages, " and ") + " tell classes"))
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.value()).contains("exists(stage, " + has("stage", stages, " || ") + ")"));
    }

    /// The strategies in which models hand on some labels in each round.
    static List<String> exchanging() {
        return membersOf(Strategy.class, ExchangeStrategy.class).stream()
                .map(strategy -> strategy.getSimpleName().replace("Strategy", ""))
                .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("exchanging")
    void every_strategy_of_exchange_is_bounded_and_compares_rounds_by_a_score(String strategy) {
        String run = Manifests.RUN.replace("coTraining", strategy);

        String model = run.lines()
                        .filter(line -> line.contains("name: emb"))
                        .findFirst()
                        .orElseThrow() + "\n";
        String six = IntStream.range(0, 5)
                .mapToObj(i -> model.replace("emb", "m" + i))
                .collect(Collectors.joining());

        assertThatThrownBy(() ->
                        ManifestReader.read("m.yaml", run.replace(model, six).replace("rounds: 3", "rounds: 84")))
                .hasMessageContaining("lower strategy." + strategy + ".rounds");
        for (String comparing : List.of("keep: Best", "keep: Last, patience: 1"))
            assertThatThrownBy(() -> ManifestReader.read(
                            "m.yaml",
                            run.replace("rounds: 3", comparing)
                                    .replace("{epochs: 2}", "{epochs: 2, selection: {keep: Last}}")))
                    .hasMessageContaining("keep: Best and patience compare rounds");
    }

    @Test
    void the_fields_of_task_and_format_name_every_choice() {
        for (TaskType task : TaskType.values())
            assertThat(sentence(TaskSpec.class, "type")).containsPattern("\\b" + task + " \\(");
        assertThat(sentence(Data.class, "format"))
                .contains(": %s. Default"
                        .formatted(listed(
                                Stream.of(DataFormat.values())
                                        .map(DataFormat::name)
                                        .toList(),
                                " or ")));
    }

    private static String sentence(Class<?> type, String field) {
        return Stream.of(type.getRecordComponents())
                .filter(component -> component.getName().equals(field))
                .map(component -> component.getAnnotation(Meaning.class).value())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_task_takes_its_usual_head_and_those_that_label_the_same(TaskType task) {
        for (String base : List.of(Manifests.SMALL, Manifests.RUN))
            for (Head head : Head.values()) {
                String given =
                        base.replace("{type: SequenceClassification}", "{type: %s, head: %s}".formatted(task, head));
                boolean fits = head == task.usualHead() || head == Head.FirstToken && task.labelsTexts();
                assertThat(message(given).contains("leave head out"))
                        .as("%s %s", task, head)
                        .isNotEqualTo(fits);
            }
    }

    private static String message(String manifest) {
        try {
            ManifestReader.read("m.yaml", manifest);
            return "";
        } catch (InvalidInput wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    @Test
    void a_parser_s_sizes_are_for_parsing_alone() {
        String texts = Manifests.SMALL.replace("{type: Seq", "{parser: {arcWidth: 64}, type: Seq");

        assertThat(message(texts)).contains("task.parser is for DependencyParsing; leave it out");
        assertThat(message(texts.replace("SequenceClassification", "DependencyParsing")))
                .isEmpty();
    }

    @Test
    void a_parser_has_two_softmaxes_and_no_ensemble() {
        String base = Manifests.SMALL.replace("SequenceClassification", "DependencyParsing");
        for (String settings : List.of("confidencePenalty: 1", "labelSmoothing: 0.1"))
            for (String stage : List.of(
                    "fineTune: {SET}",
                    "ear: {copies: 0, push: Nothing, pull: Nothing, fineTune: {SET}}",
                    "randomizedSmoothing: {fineTune: {SET}}",
                    "adversarialTraining: {fineTune: {SET}}",
                    "interpolate: {fineTune: {SET}}"))
                assertThat(message(base + "    - " + stage.replace("SET", settings) + "\n"))
                        .as(stage + settings)
                        .contains("DependencyParsing has two; leave them out");
        assertThat(message(base + "  evaluate: {ensemble: true}\n")).contains("evaluate.ensemble averages");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DependencyParsing")
    void settings_that_are_for_words_or_for_texts_ask_the_task(TaskType task) {
        String base = Manifests.withPairs(Manifests.SMALL).replace("SequenceClassification", task.name());
        for (String words : List.of(
                "adversarialAlign: {reads: Words}",
                "fineTune: {confidencePenalty: 1, penaltyOver: Tokens}",
                "ear: {fineTune: {confidencePenalty: 1, penaltyOver: Tokens}}",
                "randomizedSmoothing: {fineTune: {confidencePenalty: 1, penaltyOver: Tokens}}",
                "adversarialTraining: {fineTune: {confidencePenalty: 1, penaltyOver: Tokens}}",
                "interpolate: {fineTune: {confidencePenalty: 1, penaltyOver: Tokens}}"))
            assertThat(message(base + "    - " + words + "\n").isEmpty()).isEqualTo(task.labelsWords());
        for (String texts : List.of("selfTrain: {select: PerClass}", "languageAdaptation: {}"))
            assertThat(message(base + "    - " + texts + "\n").isEmpty()).isEqualTo(task.labelsTexts());
        String run = Manifests.withPairs(Manifests.RUN).replace("SequenceClassification", task.name());
        assertThat(message(run.replace("epochs: 2}", "confidencePenalty: 1, penaltyOver: Tokens}"))
                        .isEmpty())
                .isEqualTo(task.labelsWords());
        assertThat(message(run.replace("epochs: 2}}", "epochs: 2}, languageAdaptation: {}}"))
                        .isEmpty())
                .isEqualTo(task.labelsTexts());
    }
}
