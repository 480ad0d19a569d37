package dev.isogloss.trainer.why;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Why each step of a plan is not in a store.
///
/// @param byStep   in the order of the plan; steps with a result are left out
/// @param finished how many finished steps the store holds
/// @param read     how many of them were looked at, the newest ones
public record PlanReasons(Map<StepKey, Reason> byStep, int finished, int read) {

    /// Reads the key document of every finished step once, or of the newest ones where that many would take long. Of a
    /// plan of which nothing is missing, none is read.
    public static PlanReasons of(Plan plan, Store store) {
        return of(plan, store, store.affordableReads());
    }

    /// @param most finished steps to look at
    static PlanReasons of(Plan plan, Store store, int most) {
        List<PlannedStep> missing =
                plan.steps().stream().filter(step -> !store.isDone(step.key())).toList();
        if (missing.isEmpty()) return new PlanReasons(Map.of(), 0, 0);
        StoredDocuments stored = StoredDocuments.of(store, most);
        return new PlanReasons(new Search(plan, store, stored, missing).reasons(), stored.finished(), stored.read());
    }

    private static final class Search {
        private final Store store;
        private final StoredDocuments stored;
        private final List<PlannedStep> missing;
        private final Set<StepKey> moved;
        private final NearestStep nearest;
        private final List<StepKey> order;
        private final Map<StepKey, Reason> reasons = new LinkedHashMap<>();

        Search(Plan plan, Store store, StoredDocuments stored, List<PlannedStep> missing) {
            this.store = store;
            this.stored = stored;
            this.missing = missing;
            this.moved = missing.stream().map(PlannedStep::key).collect(Collectors.toSet());
            this.order = plan.steps().stream().map(PlannedStep::key).toList();
            this.nearest = new NearestStep(stored, Set.copyOf(order));
        }

        /// Steps come after those that they read, so what these were before is known.
        Map<StepKey, Reason> reasons() {
            for (PlannedStep step : missing) reasons.put(step.key(), reason(step));
            return reasons;
        }

        private Reason reason(PlannedStep step) {
            KeyDocument planned = KeyDocument.of(step.key(), step.spec());
            Optional<KeyDocument> found = nearest.to(planned);
            found.ifPresent(document -> nearest.takes(step.key(), document.key()));
            if (store.hasBegun(step.key()))
                return new Reason.Unfinished(store.locks().isRunning(step.key()), store.hasCheckpoint(step.key()));
            if (found.isEmpty()) {
                String kind = step.spec().kind();
                return new Reason.NothingAlike(kind, stored.of(kind).findAny().isPresent());
            }
            return compared(step, planned, found.get());
        }

        private Reason compared(PlannedStep step, KeyDocument planned, KeyDocument document) {
            List<StepKey> roots = roots(step);
            List<FieldChange> changes =
                    DocumentDifference.of(document, planned, nearest::former, key -> moved.contains(new StepKey(key)));
            return changes.isEmpty()
                    ? new Reason.Follows(document.key(), roots)
                    : new Reason.Changed(document.key(), changes, roots);
        }

        /// The steps behind this one that moved for a reason of their own.
        private List<StepKey> roots(PlannedStep step) {
            Set<StepKey> roots = new TreeSet<>();
            for (StepKey input : step.inputs()) {
                if (reasons.get(input) instanceof Reason.Follows follows) roots.addAll(follows.roots());
                else if (moved.contains(input)) roots.add(input);
            }
            return order.stream().filter(roots::contains).toList();
        }
    }
}
