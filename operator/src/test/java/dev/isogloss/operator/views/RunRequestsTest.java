package dev.isogloss.operator.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRequestsTest {

    @Test
    void owners_that_request_a_step_leave_nothing_but_their_reference() {
        TrainingStep step = StepFixtures.ownedBy(StepFixtures.ownedBy(StepFixtures.step(), "a", true), "b", true);

        assertThat(step.getMetadata().getAnnotations()).isEmpty();
        assertThat(RunRequests.of(step).isRequestedBy("a")).isTrue();
        assertThat(RunRequests.of(step).isRequestedByOthersThan("a")).isTrue();
    }

    @Test
    void a_request_that_was_withdrawn_is_renewed_by_joining_again() {
        RunRequests both =
                RunRequests.of(StepFixtures.ownedBy(StepFixtures.ownedBy(StepFixtures.step(), "a", false), "b", false));

        assertThat(both.isRequested()).isFalse();
        assertThat(both.joined("b", true).isRequested()).isTrue();
        assertThat(both.joined("b", true).annotations()).isEqualTo(Map.of(Labels.WITHDRAWN_BY, "a"));
    }

    @Test
    void whatever_former_owners_left_is_dropped_with_the_next_change_of_the_others() {
        RunRequests requests = RunRequests.of(StepFixtures.ownedBy(StepFixtures.step(), "a", false))
                .tried("a", 7)
                .left("a")
                .joined("b", true);

        assertThat(requests.annotations()).isEmpty();
    }

    @Test
    void annotations_say_all_that_there_is_to_know() {
        RunRequests requests = RunRequests.of(StepFixtures.ownedBy(StepFixtures.step(), "a", false))
                .joined("b", true)
                .tried("b", 7);
        TrainingStep step = StepFixtures.step();
        step.getMetadata()
                .setOwnerReferences(
                        List.of(reference("isogloss.dev/v1alpha1", "a"), reference("isogloss.dev/v1", "b")));
        step.getMetadata().setAnnotations(requests.annotations());

        assertThat(RunRequests.of(step)).isEqualTo(requests);
        assertThat(RunRequests.of(step).isTriedBy("b", 7)).isTrue();
        assertThat(RunRequests.of(step).isTriedBy("b", 8)).isFalse();
        assertThat(RunRequests.of(step).isTriedBy("a", 7)).isFalse();
    }

    @Test
    void an_owner_of_another_group_requests_nothing() {
        TrainingStep step = StepFixtures.ownedBy(StepFixtures.step(), "a", false);
        step.getMetadata().getOwnerReferences().add(reference("v1", "of-a-config-map"));

        assertThat(RunRequests.of(step).isRequested()).isFalse();
    }

    @Test
    void an_annotation_that_somebody_edited_does_no_harm() {
        TrainingStep step = StepFixtures.ownedBy(StepFixtures.step(), "a", true);
        step.getMetadata().setAnnotations(Map.of(Labels.WITHDRAWN_BY, " ,b, ", Labels.TRIED_BY, "=,a=many,b,=7"));

        assertThat(RunRequests.of(step).isRequestedBy("a")).isTrue();
        assertThat(RunRequests.of(step).isTriedBy("a", 7)).isFalse();
    }

    private static io.fabric8.kubernetes.api.model.OwnerReference reference(String version, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(version)
                .withKind("TransferExperiment")
                .withName("of-" + uid)
                .withUid(uid)
                .build();
    }
}
