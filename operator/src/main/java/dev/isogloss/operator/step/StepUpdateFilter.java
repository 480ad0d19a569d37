package dev.isogloss.operator.step;

import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Filter of updates that call for a pass. Most do not: our own status writes come back, and Jobs and pods change
/// often in ways that mean nothing here.
public final class StepUpdateFilter implements OnUpdateFilter<TrainingStep> {

    /// A change of a step's spec, of whether its owners request it, or its deletion. Which owners they are means
    /// nothing here, and there may be thousands.
    @Override
    public boolean accept(TrainingStep now, TrainingStep before) {
        return !Objects.equals(generation(now), generation(before))
                || RunRequests.of(now).isRequested() != RunRequests.of(before).isRequested()
                || isLeaving(now) != isLeaving(before);
    }

    static boolean isUnchanged(Job now, Job before) {
        JobView one = new JobView(now);
        JobView other = new JobView(before);
        return one.isComplete() == other.isComplete()
                && one.failure().isPresent() == other.failure().isPresent()
                && one.isSuspended() == other.isSuspended()
                && one.isLeaving() == other.isLeaving()
                && one.active() == other.active()
                && one.failed() == other.failed()
                && one.uid().equals(other.uid());
    }

    static boolean isUnchanged(Pod now, Pod before) {
        return isLeaving(now) == isLeaving(before) && Objects.equals(now.getStatus(), before.getStatus());
    }

    private static boolean isLeaving(HasMetadata resource) {
        return resource.getMetadata().getDeletionTimestamp() != null;
    }

    private static @Nullable Long generation(HasMetadata resource) {
        return resource.getMetadata().getGeneration();
    }
}
