package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PoolIdentity;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import java.util.List;

/// One model of a run with one pool: what is asked of it in every round, whatever the strategy.
record ModelInPool(CoTrainingRunSpec spec, ModelSpec model, Pool pool, SpecResolver resolved) {

    /// The model's name in tables.
    String name() {
        return pool.named(model.name());
    }

    /// One of its rounds.
    Round round(int number, boolean isFinal) {
        return new Round(model.name(), pool.target(), number, isFinal);
    }

    /// The measuring of its state after some training.
    EvaluateStep evaluation(StepKey trained) {
        return resolved.evaluation(trained, measuredLanguages(), model.encoder());
    }

    private List<String> measuredLanguages() {
        List<String> languages = resolved.measuredLanguages().stream()
                .filter(language -> pool.target() == null
                        || spec.common().evaluate().otherTargets()
                        || language.equals(pool.target())
                        || language.equals(spec.common().source()))
                .toList();
        if (languages.isEmpty())
            throw new InvalidInput(
                    ("spec.evaluate.languages names neither the source language nor %s, whose models would"
                                    + " then be measured on nothing. Add one of them, or take %s out of targets.")
                            .formatted(pool.target(), pool.target()));
        return languages;
    }

    /// Its labels for a pool.
    PredictPoolStep predictions(StepKey trained, PoolIdentity of) {
        return new PredictPoolStep(
                Revisions.LABEL,
                trained,
                resolved.task(),
                of.data(),
                of.languages(),
                of.split(),
                model.encoder().maxLength(),
                model.encoder().precision(),
                of.copies());
    }
}
