package dev.isogloss.operator.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.resource.TrainingStep;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.RecentOperationCacheFiller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedStepCacheTest {
    private static final String OWNER = "8a6f";

    private final SharedStepCache cache = new SharedStepCache((_, _) -> null);
    private final List<TrainingStep> notified = new ArrayList<>();
    private final EventSource<?, TrainingStep> source =
            cache.source(new EventSourceContext<>(new NoSteps(), null, null, TrainingStep.class));

    @SuppressWarnings("unchecked")
    private final ResourceEventAware<TrainingStep> events = (ResourceEventAware<TrainingStep>) source;

    @BeforeEach
    void addListener() {
        cache.addListener((step, concerns) -> {
            if (concerns.test(OWNER)) notified.add(step);
        });
    }

    private static TrainingStep step(@Nullable Phase phase) {
        TrainingStepStatus status = phase == null
                ? null
                : new TrainingStepStatus(
                        phase, 1L, List.of(), null, 1, false, List.of(), Map.of(), false, null, null, null, null);
        return StepFixtures.step(StepFixtures.spec(), 1, status);
    }

    @Test
    void whoever_waits_for_steps_that_cannot_be_read_is_told_at_once() {
        cache.endUnread(new IllegalStateException("Too large resource version"));

        assertThatThrownBy(() -> cache.await(Duration.ofHours(1)))
                .isInstanceOf(OperatorException.class)
                .hasMessage("the TrainingSteps cannot be read")
                .hasRootCauseMessage("Too large resource version");
    }

    @Test
    void owners_are_notified_of_a_status_but_not_of_a_step_they_have_just_created() {
        events.onResourceCreated(step(null));
        assertThat(notified).isEmpty();

        events.onResourceCreated(step(Phase.Succeeded));
        assertThat(notified).hasSize(1);
    }

    @Test
    void owners_are_notified_of_a_changed_status_a_changed_request_and_a_deletion() {
        events.onResourceUpdated(step(Phase.Running), step(Phase.Running));
        assertThat(notified).isEmpty();

        events.onResourceUpdated(step(Phase.Succeeded), step(Phase.Running));
        assertThat(notified).hasSize(1);

        events.onResourceUpdated(
                StepFixtures.ownedBy(step(Phase.Running), OWNER, false),
                StepFixtures.ownedBy(step(Phase.Running), OWNER, true));
        assertThat(notified).hasSize(2);

        events.onResourceDeleted(step(Phase.Succeeded));
        assertThat(notified).hasSize(3);
    }

    /// Thousands may share a step: each of their joins is news to none of the others.
    @Test
    void an_owner_that_joins_is_no_news_to_others_that_request_the_step() {
        TrainingStep alone = StepFixtures.ownedBy(step(Phase.Running), OWNER, true);
        TrainingStep shared =
                StepFixtures.ownedBy(StepFixtures.ownedBy(step(Phase.Running), OWNER, true), "other", true);

        events.onResourceUpdated(shared, alone);
        events.onResourceUpdated(alone, shared);
        assertThat(notified).isEmpty();

        events.onResourceUpdated(StepFixtures.ownedBy(step(Phase.Running), OWNER, true), step(Phase.Running));
        assertThat(notified).hasSize(1);

        events.onResourceUpdated(
                StepFixtures.ownedBy(StepFixtures.ownedBy(step(Phase.Running), OWNER, false), "other", true),
                StepFixtures.ownedBy(step(Phase.Running), OWNER, false));
        assertThat(notified).as("what others request decides whether it stops").hasSize(2);
    }

    @Test
    void writes_of_owners_and_of_the_steps_controller_are_passed_on_before_the_watch_brings_them() {
        List<Event> reconciled = new ArrayList<>();
        source.setEventHandler(reconciled::add);
        TrainingStep created = step(null);

        cache.put(created, null);
        assertThat(cache.get("research", StepFixtures.NAME)).contains(created);
        assertThat(reconciled)
                .extracting(Event::getRelatedCustomResourceID)
                .containsExactly(ResourceID.fromResource(created));
        assertThat(notified).isEmpty();

        cache.notifyListeners(step(Phase.Succeeded));
        assertThat(notified).hasSize(1);
    }

    @Test
    void a_controller_that_does_not_start_is_waited_for_until_the_timeout() {
        Duration timeout = Duration.ofMillis(1);
        assertThatThrownBy(() -> cache.await(timeout))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("TrainingSteps");

        source.start();
        cache.await(timeout);
    }

    /// Cache of a controller that has read nothing yet, and holds only what is put in.
    private static final class NoSteps
            implements IndexerResourceCache<TrainingStep>, RecentOperationCacheFiller<TrainingStep> {
        private final Map<ResourceID, TrainingStep> recent = new HashMap<>();

        @Override
        public void handleRecentResourceCreate(ResourceID id, TrainingStep step) {
            recent.put(id, step);
        }

        @Override
        public void handleRecentResourceUpdate(ResourceID id, TrainingStep step, TrainingStep before) {
            recent.put(id, step);
        }

        @Override
        public void addIndexers(Map<String, Function<TrainingStep, List<String>>> indexers) {
            assertThat(indexers.values()).singleElement().satisfies(owners -> assertThat(
                            owners.apply(StepFixtures.ownedBy(StepFixtures.step(), OWNER, true)))
                    .containsExactly(OWNER));
        }

        @Override
        public List<TrainingStep> byIndex(String index, String key) {
            return List.of();
        }

        @Override
        public Stream<TrainingStep> list(Predicate<TrainingStep> filter) {
            return Stream.of();
        }

        @Override
        public Stream<TrainingStep> list(String namespace, Predicate<TrainingStep> filter) {
            return Stream.of();
        }

        @Override
        public Optional<TrainingStep> get(ResourceID id) {
            return Optional.ofNullable(recent.get(id));
        }

        @Override
        public Stream<ResourceID> keys() {
            return Stream.of();
        }
    }
}
