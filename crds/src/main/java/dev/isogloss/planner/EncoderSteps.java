package dev.isogloss.planner;

import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.RankTranslationsStep;

/// The steps that make encoders: before any stage or round where none is published, or as a stage of its own.
final class EncoderSteps {
    private final SpecResolver resolved;
    private final PlanBuilder steps;

    EncoderSteps(SpecResolver resolved, PlanBuilder steps) {
        this.resolved = resolved;
        this.steps = steps;
    }

    /// The encoder that the first training starts from; adds the steps that make it.
    ///
    /// @param field where the encoder stands in the manifest, for messages
    EncoderOrigin start(EncoderSpec encoder, String field) {
        var scratch = encoder.fromPretraining();
        if (scratch == null) return EncoderNames.published(encoder, field);
        var architecture = scratch.architecture();
        var origin = new EncoderOrigin.Fresh(architecture, scratch.tokenizer());
        String title = "pretrain a %s %s".formatted(architecture.preset(), architecture.family());
        var made = new EncoderOrigin.FromStep(
                steps.add(pretrain(scratch.pretrain(), encoder, origin, scratch.seed()), "encoder", title, null));
        RankTranslations ranking = scratch.rankTranslations();
        if (ranking == null) return made;
        RankTranslationsStep rank = new RankTranslationsStep(
                Revisions.RANK, made, resolved.pairs(), ranking, encoder.precision(), scratch.seed());
        String what = "rank translations by a %s %s".formatted(architecture.preset(), architecture.family());
        return new EncoderOrigin.FromStep(steps.add(rank, "encoder", what, null));
    }

    /// Masked-language modelling that goes on from `origin`.
    PretrainStep pretrain(Pretrain settings, EncoderSpec encoder, EncoderOrigin origin, long seed) {
        Pretrain full = resolved.pretrain(settings);
        return new PretrainStep(
                Revisions.pretrain(encoder, full.masking()),
                origin,
                resolved.corpus(full),
                full,
                encoder.precision(),
                seed);
    }
}
