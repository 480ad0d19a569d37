package dev.isogloss.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.json.LeftOutAt;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.planner.Manifests;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.annotation.Annotation;
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

/// The constructors of settings beside the annotations that the definitions are made from: every record that a spec
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
                        .hasMessageContaining("missing");
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

    private static boolean isNumber(RecordComponent component) {
        return component.getType().isPrimitive() || Number.class.isAssignableFrom(component.getType());
    }

    private static List<Object> inside(RecordComponent component) {
        List<Object> values = new ArrayList<>();
        if (annotation(component, Min.class) instanceof Min min)
            values.add(number(component, min.inclusive() ? min.value() : next(component, min.value(), 1)));
        if (annotation(component, Max.class) instanceof Max max && !TIED.contains(component.getName()))
            values.add(number(component, max.value()));
        return values;
    }

    private static List<Object> outside(RecordComponent component, @Nullable Object valid) {
        List<Object> values = new ArrayList<>();
        if (annotation(component, Min.class) instanceof Min min)
            values.add(number(component, min.inclusive() ? next(component, min.value(), -1) : min.value()));
        if (annotation(component, Max.class) instanceof Max max && max.value() < Integer.MAX_VALUE)
            values.add(number(component, next(component, max.value(), 1)));
        if (annotation(component, Pattern.class) != null) values.add(" no name ");
        if (annotation(component, Size.class) instanceof Size size) {
            if (component.getType() == String.class) values.add("a".repeat((int) size.max() + 1));
            if (component.getType() == String.class && size.min() == 1) values.add("");
            if (valid instanceof List<?> list) {
                values.add(Collections.nCopies((int) size.max() + 1, list.getFirst()));
                if (size.min() == 1) values.add(List.of());
                if (component.isAnnotationPresent(Distinct.class))
                    values.add(List.of(list.getFirst(), list.getFirst()));
            }
        }
        return values;
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

    private static <A extends Annotation> @Nullable A annotation(RecordComponent component, Class<A> type) {
        A found = component.getAccessor().getAnnotation(type);
        return found != null ? found : component.getAnnotation(type);
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
