package dev.isogloss.planner;

import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.TriTrainingStrategy;
import dev.isogloss.api.run.TriTrainingStrategy.Taught;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.PoolIdentity;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What pairs of models teach the third in one round.
///
/// @param copies of the splits that the round's sets name
record Peers(
        CoTrainingRunSpec spec,
        TriTrainingStrategy strategy,
        SpecResolver resolved,
        AugmentedSplits copies,
        Pool pool,
        int round) {

    /// The labels that two models agree on, set by set.
    ///
    /// @param one   a state of model `k`
    /// @param other a state of model `j`
    /// @return null where the round learns from the labelled examples alone
    @Nullable
    PseudoLabelInputs agreements(TaughtModel k, StepKey one, TaughtModel j, StepKey other, TaughtModel third) {
        List<Taught> sets = strategy.setsOf(round);
        List<StepKey> agreed = new ArrayList<>();
        for (Taught set : sets)
            for (PoolIdentity texts : texts(set)) {
                StepKey first = k.predict(round, one, texts);
                StepKey second = j.predict(round, other, texts);
                agreed.add(third.add(round, "agree", agreement(first, second, texts)));
            }
        return agreed.isEmpty() ? null : new PseudoLabelInputs(agreed, null, !sets.contains(Taught.Gold));
    }

    private AgreeStep agreement(StepKey first, StepKey second, PoolIdentity texts) {
        return new AgreeStep(
                Revisions.AGREE,
                Stream.of(first, second).sorted().toList(),
                texts,
                strategy.distillation().fractionOf(round),
                strategy.distillation().posteriorOrDefault(),
                strategy.agreement());
    }

    /// Copies are of one language each, so several languages make several pools of them.
    private List<PoolIdentity> texts(Taught set) {
        return switch (set) {
            case Gold -> List.of();
            case Target -> List.of(resolved.pool(pool.languages(), strategy.poolSplit(), null));
            case SourceCopies -> copies(List.of(spec.common().source()), "train");
            case TargetCopies -> copies(pool.languages(), strategy.poolSplit());
        };
    }

    private List<PoolIdentity> copies(List<String> languages, String split) {
        return languages.stream()
                .map(language -> resolved.pool(List.of(language), split, copies.of(language, split)))
                .toList();
    }
}
