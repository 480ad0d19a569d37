package dev.isogloss.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Range;
import dev.isogloss.json.LeftOutAt;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.planner.Manifests;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The constructors of settings, and the annotations that the definitions are made from: every record that a spec
/// holds, every component.
class BoundsTest {
    /// Records that the operator and the trainer also build for places of their own.
    private static final Set<Class<?>> LENIENT = Set.of(Location.class, Storage.class);

    /// Components whose greatest value depends on another component.
    private static final Set<String> TIED = Set.of("replacedByMask", "replacedByRandom", "part", "first");

    /// One valid value of every record, from manifests that hold them all.
    static Stream<Record> settings() {
        Map<Class<?>, Record> found = new LinkedHashMap<>();
        collect(Manifests.spec(Manifests.EVERY_RECORD), found);
        for (String strategy : List.of("coTraining", "selfTraining"))
            collect(Manifests.run(Manifests.EVERY_RECORD_OF_A_RUN.replace("coTraining", strategy)), found);
        collect(Manifests.run(Manifests.EVERY_RECORD_OF_TRI_TRAINING), found);
        collect(
                Manifests.spec(Manifests.SMALL
                        .replace("{type: Seq", "{parser: {}, type: Seq")
                        .replace("SequenceClassification", "DependencyParsing")),
                found);
        return found.values().stream();
    }

    private static void collect(@Nullable Object value, Map<Class<?>, Record> found) {
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(item -> collect(item, found));
            case Map<?, ?> map -> map.values().forEach(item -> collect(item, found));
            case Record record -> {
                if (!LENIENT.contains(record.getClass())) found.putIfAbsent(record.getClass(), record);
                for (RecordComponent component : record.getClass().getRecordComponents())
                    collect(get(record, component), found);
            }
            default -> {}
        }
    }

    @Test
    void the_manifests_of_this_test_hold_every_record_of_a_spec() {
        Set<Class<?>> types = new LinkedHashSet<>();
        Stream.of(TransferExperimentSpec.class, CoTrainingRunSpec.class).forEach(spec -> records(spec, types));
        types.removeIf(BoundsTest::isOfThePods);
        types.removeAll(LENIENT);

        assertThat(settings().<Class<?>>map(Record::getClass)).containsAll(types);
    }

    private static void records(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic)
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> records(argument, found));
        if (type instanceof Class<?> record && record.isRecord() && found.add(record))
            for (RecordComponent component : record.getRecordComponents()) records(component.getGenericType(), found);
    }

    private static boolean isOfThePods(Class<?> type) {
        return type.getPackageName().endsWith(".cluster");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_record_refuses_the_value_just_outside_each_bound_and_takes_the_one_just_inside(Record valid) {
        for (RecordComponent component : valid.getClass().getRecordComponents()) {
            if (isOfThePods(valid.getClass()) && !isNumber(component)) continue;
            String place = valid.getClass().getSimpleName() + "." + component.getName();
            for (Object inside : inside(component))
                assertThatCode(() -> with(valid, component, inside))
                        .as("%s = %s", place, inside)
                        .doesNotThrowAnyException();
            for (Object outside : outside(component, get(valid, component)))
                assertThatThrownBy(() -> with(valid, component, outside), "%s = %s", place, outside)
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageStartingWith(name(component))
                        .hasMessageEndingWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_record_refuses_null_where_the_definition_fills_in_a_value(Record valid) {
        if (isOfThePods(valid.getClass())) return;
        for (RecordComponent component : valid.getClass().getRecordComponents())
            if (!component.getType().isPrimitive()
                    && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    // The JSON of a step leaves these out, and the record fills them in.
                    && !component.getAccessor().isAnnotationPresent(LeftOutAt.class))
                assertThatThrownBy(
                                () -> with(valid, component, null),
                                "%s.%s",
                                valid.getClass().getSimpleName(),
                                component.getName())
                        .isInstanceOf(InvalidInput.class)
                        .hasMessage(name(component) + " is missing.");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_records_lists_and_maps_cannot_be_changed(Record valid) {
        for (RecordComponent component : valid.getClass().getRecordComponents()) {
            if (isOfThePods(valid.getClass())) continue;
            if (get(valid, component) instanceof List<?> list)
                assertThatThrownBy(list::clear).isNotNull();
            if (get(valid, component) instanceof Map<?, ?> map)
                assertThatThrownBy(map::clear).isNotNull();
        }
    }

    private static String name(RecordComponent component) {
        return component.getAccessor().getAnnotation(JsonProperty.class) instanceof JsonProperty given
                ? given.value()
                : component.getName();
    }

    private static boolean isNumber(RecordComponent component) {
        return component.getType().isPrimitive() || Number.class.isAssignableFrom(component.getType());
    }

    private static List<Object> inside(RecordComponent component) {
        List<Object> values = new ArrayList<>();
        if (component.getAnnotatedType().getAnnotation(Range.class) instanceof Range range) {
            values.add(number(component, isExclusive(range) ? next(component, range.above(), 1) : range.min()));
            if (!TIED.contains(component.getName())) values.add(number(component, range.max()));
        }
        return values;
    }

    private static boolean isExclusive(Range range) {
        return Double.isNaN(range.min());
    }

    private static List<Object> outside(RecordComponent component, @Nullable Object valid) {
        AnnotatedType type = component.getAnnotatedType();
        List<Object> values = new ArrayList<>();
        if (type.getAnnotation(Range.class) instanceof Range range) {
            values.add(number(component, isExclusive(range) ? range.above() : next(component, range.min(), -1)));
            if (range.max() < Integer.MAX_VALUE) values.add(number(component, next(component, range.max(), 1)));
        }
        Length length = type.getAnnotation(Length.class);
        if (type.getAnnotation(Matches.class) instanceof Matches matches) {
            values.add(" no name ");
            if (length == null)
                values.addAll(List.of("", "a".repeat(matches.value().most() + 1)));
        }
        if (length != null) values.add("a".repeat(length.max() + 1));
        if (length != null && length.min() == 1) values.add("");
        if (type.getAnnotation(Items.class) instanceof Items items && valid instanceof List<?> list) {
            values.add(Collections.nCopies(items.max() + 1, list.getFirst()));
            if (items.min() == 1) values.add(List.of());
            if (items.distinct()) values.add(List.of(list.getFirst(), list.getFirst()));
        }
        if (type instanceof AnnotatedParameterizedType generic) values.addAll(outsideInside(generic));
        return values;
    }

    /// Lists and maps of one item that is outside its limits.
    private static List<Object> outsideInside(AnnotatedParameterizedType type) {
        AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
        AnnotatedType inside = arguments[arguments.length - 1];
        List<Object> items = new ArrayList<>();
        if (inside.getAnnotation(Range.class) instanceof Range range)
            items.addAll(
                    inside.getType() == Long.class
                            ? List.of((long) range.min() - 1, (long) range.max() + 1)
                            : List.of(Math.nextDown(range.min()), Math.nextUp(range.max())));
        if (inside.getAnnotation(Matches.class) != null) items.add(" no name ");
        if (inside.getAnnotation(Length.class) instanceof Length length) items.add("a".repeat(length.max() + 1));
        return items.stream()
                .<Object>map(item -> arguments.length == 2 ? Map.of("a", item) : List.of(item))
                .toList();
    }

    private static double next(RecordComponent component, double value, int direction) {
        if (component.getType() != double.class && component.getType() != Double.class) return value + direction;
        return direction > 0 ? Math.nextUp(value) : Math.nextDown(value);
    }

    private static Object number(RecordComponent component, double value) {
        Class<?> type = component.getType();
        if (type == int.class || type == Integer.class) return (int) value;
        if (type == long.class || type == Long.class) return (long) value;
        return value;
    }

    private static @Nullable Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void with(Record record, RecordComponent changed, @Nullable Object value) throws Throwable {
        List<Object> values = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            values.add(component.getName().equals(changed.getName()) ? value : get(record, component));
            types.add(component.getType());
        }
        try {
            record.getClass()
                    .getDeclaredConstructor(types.toArray(new Class<?>[0]))
                    .newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            throw refused.getCause();
        }
    }

    @Test
    void settings_are_refused_in_the_words_of_validate() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode settings = json.valueToTree(SettingsReader.of(Iwda.class, "{}"));

        assertThatThrownBy(() -> json.treeToValue(settings.put("epochs", -1), Iwda.class))
                .hasRootCauseMessage("epochs is -1; it must be greater than 0.");
    }

    @Test
    void settings_that_exclude_each_other_are_refused_together() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode settings = json.valueToTree(SettingsReader.of(FineTune.class, "{languages: [de]}"));

        assertThatThrownBy(() -> json.treeToValue(settings.put("learnFrom", "Target"), FineTune.class))
                .rootCause()
                .hasMessageContaining("languages and learnFrom exclude each other");
    }

    @Test
    void a_manifest_stays_flat_though_records_share_their_settings() {
        ObjectNode flat =
                new ObjectMapper().valueToTree(SettingsReader.of(SelfTrain.class, "{epochs: 4, batchSize: 8}"));

        assertThat(flat.path("epochs").asInt()).isEqualTo(4);
        assertThat(flat.path("batchSize").asInt()).isEqualTo(8);
        assertThat(flat.has("training")).isFalse();
    }

    @Test
    void the_kubernetes_client_reads_what_it_writes() {
        KubernetesSerialization client = new KubernetesSerialization(new ObjectMapper(), true);
        TransferExperiment experiment = new TransferExperiment();
        experiment.setSpec(Manifests.spec(Manifests.EVERY_RECORD));
        CoTrainingRun run = new CoTrainingRun();
        run.setSpec(Manifests.run(Manifests.EVERY_RECORD_OF_A_RUN));

        for (CustomResource<?, ?> valid : List.of(experiment, run))
            assertThat((Object) client.unmarshal(client.asJson(valid), valid.getClass()))
                    .isEqualTo(valid);
    }
}
