package dev.isogloss.plan.step;

import dev.isogloss.api.schema.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of two systems that are compared.
///
/// @param candidates the evaluations of each candidate, by seed; one candidate without a sweep
/// @param choice     the step that says which candidate it is; null where there is one
public record ComparedSide(
        List<List<SeedEvaluations>> candidates, @Nullable StepKey choice) {
    public ComparedSide {
        candidates = Bounds.some("candidates", candidates).stream()
                .map(each -> Bounds.distinct("seeds", each))
                .toList();
        if (candidates.size() > 1 == (choice == null))
            throw new IllegalArgumentException(
                    "%d candidates; several need a choice, and one needs none".formatted(candidates.size()));
    }

    /// What is read of it: the choice first, then every candidate, for which one is chosen is not known before.
    List<Input> reads() {
        List<Input> reads = new ArrayList<>();
        if (choice != null) reads.add(new Input.StepOutput(choice));
        for (List<SeedEvaluations> candidate : candidates)
            for (SeedEvaluations seed : candidate)
                seed.evaluations().forEach(key -> reads.add(new Input.StepOutput(key)));
        return reads;
    }
}
