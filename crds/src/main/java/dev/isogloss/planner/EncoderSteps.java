package dev.isogloss.planner;

import dev.isogloss.api.EncoderSpec;
import dev.isogloss.api.Pretrain;
import dev.isogloss.api.RankTranslations;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.Rank;
import dev.isogloss.plan.StepSpec;

/// How an encoder comes to be before any stage or round: published, or made by steps of the plan.
final class EncoderSteps {
    private final Resolved resolved;
    private final Steps steps;

    EncoderSteps(Resolved resolved, Steps steps) {
        this.resolved = resolved;
        this.steps = steps;
    }

    /// What the first training starts from; adds the steps that make it.
    ///
    /// @param field where the encoder stands in the manifest, for messages
    EncoderOrigin start(EncoderSpec encoder, String field) {
        var scratch = encoder.fromPretraining();
        if (scratch == null) return EncoderNames.published(encoder, field);
        var architecture = scratch.architecture();
        var origin = new EncoderOrigin.Fresh(architecture, scratch.tokenizer());
        String title = "pretrain a %s %s".formatted(architecture.preset(), architecture.family());
        var made = new EncoderOrigin.Made(
                steps.add(pretrain(scratch.pretrain(), encoder, origin, scratch.seed()), "encoder", title, null));
        RankTranslations ranking = scratch.rankTranslations();
        if (ranking == null) return made;
        Rank rank = new Rank(Revisions.RANK, made, resolved.pairs(), ranking, encoder.precision(), scratch.seed());
        String what = "rank translations by a %s %s".formatted(architecture.preset(), architecture.family());
        return new EncoderOrigin.Made(steps.add(rank, "encoder", what, null));
    }

    StepSpec.Pretrain pretrain(Pretrain settings, EncoderSpec encoder, EncoderOrigin origin, long seed) {
        Pretrain full = resolved.pretrain(settings);
        return new StepSpec.Pretrain(
                Revisions.PRETRAIN, origin, resolved.corpus(full), full, encoder.precision(), seed);
    }
}
