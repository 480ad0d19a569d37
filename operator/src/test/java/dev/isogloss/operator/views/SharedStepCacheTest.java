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

class StepWatchTest {
    private static final String OWNER = "8a6f";

    private final SharedStepCache watch = new SharedStepCache();
    private final List<TrainingStep> heard = new ArrayList<>();
    private final EventSource<?, TrainingStep> source =
            watch.source(new EventSourceContext<>(new NoSteps(), null, null, TrainingStep.class));

    @SuppressWarnings("unchecked")
    private final ResourceEventAware<TrainingStep> ear = (ResourceEventAware<TrainingStep>) source;

    @BeforeEach
    void listen() {
        watch.listen(heard::add);
    }

    private static TrainingStep step(@Nullable Phase phase) {
        TrainingStepStatus status = phase == null
                ? null
                : new TrainingStepStatus(
                        phase, 1L, List.of(), null, 1, false, List.of(), Map.of(), false, null, null, null, null);
        return StepFixtures.step(StepFixtures.spec(), 1, status);
    }

    @Test
    void owners_hear_of_a_status_but_not_of_what_they_have_just_made() {
        ear.onResourceCreated(step(null));
        assertThat(heard).isEmpty();

        ear.onResourceCreated(step(Phase.Succeeded));
        assertThat(heard).hasSize(1);
    }

    @Test
    void owners_hear_of_a_changed_status_a_changed_wish_and_an_end() {
        ear.onResourceUpdated(step(Phase.Running), step(Phase.Running));
        assertThat(heard).isEmpty();

        ear.onResourceUpdated(step(Phase.Succeeded), step(Phase.Running));
        assertThat(heard).hasSize(1);

        ear.onResourceUpdated(
                StepFixtures.ownedBy(step(Phase.Running), OWNER, false),
                StepFixtures.ownedBy(step(Phase.Running), OWNER, true));
        assertThat(heard).hasSize(2);

        ear.onResourceDeleted(step(Phase.Succeeded));
        assertThat(heard).hasSize(3);
    }

    @Test
    void what_an_owner_wrote_is_looked_at_and_what_the_loop_wrote_is_told_before_the_watch_brings_it() {
        List<Event> looks = new ArrayList<>();
        source.setEventHandler(looks::add);
        TrainingStep made = step(null);

        watch.written(made, null);
        assertThat(watch.get("research", StepFixtures.NAME)).contains(made);
        assertThat(looks).extracting(Event::getRelatedCustomResourceID).containsExactly(ResourceID.fromResource(made));
        assertThat(heard).isEmpty();

        watch.told(step(Phase.Succeeded));
        assertThat(heard).hasSize(1);
    }

    @Test
    void nobody_waits_for_ever_for_a_loop_that_does_not_start() {
        Duration patience = Duration.ofMillis(1);
        assertThatThrownBy(() -> watch.await(patience))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("TrainingSteps");

        source.start();
        watch.await(patience);
    }

    /// The cache of a loop that has read nothing yet, and knows only what it is told of.
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
        public Stream<TrainingStep> list(Predicate<TrainingStep> wanted) {
            return Stream.of();
        }

        @Override
        public Stream<TrainingStep> list(String namespace, Predicate<TrainingStep> wanted) {
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
