package dev.isogloss.planner;

import dev.isogloss.api.Corpus;
import dev.isogloss.api.EncoderSpec;
import dev.isogloss.api.FineTune;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.LabelAlignment;
import dev.isogloss.api.LanguageAlignment;
import dev.isogloss.plan.AlignMeanings;
import dev.isogloss.plan.Bilingual;
import dev.isogloss.plan.CorpusIdentity;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.Lessons;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepKeys;
import dev.isogloss.plan.StepSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of a supervised training: one, or two where translations are learnt from in two phases.
final class Trainings {
    private final Subject subject;
    private final Resolved resolved;

    Trainings(Subject subject, Resolved resolved) {
        this.subject = subject;
        this.resolved = resolved;
    }

    /// @param settings  resolved
    /// @param alignment null: nothing is learnt from translations
    /// @return in their order; the last one's model is the training's
    List<StepSpec> of(
            FineTune settings,
            @Nullable LanguageAlignment alignment,
            EncoderOrigin origin,
            EncoderSpec encoder,
            long seed,
            @Nullable Lessons lessons) {
        Bilingual bilingual = alignment == null ? null : bilingual(alignment);
        StepSpec.Train train = new StepSpec.Train(
                Revisions.TRAIN,
                origin,
                resolved.task(),
                resolved.trainingData(settings),
                subject.source(),
                settings,
                encoder.maxLength(),
                encoder.precision(),
                seed,
                lessons,
                bilingual);
        List<StepSpec> steps = new ArrayList<>(List.of(train));
        if (alignment != null && bilingual != null && alignment.meanings().epochs() > 0)
            steps.add(meanings(StepKeys.of(train), settings, alignment, bilingual, encoder, seed));
        return steps;
    }

    private AlignMeanings meanings(
            StepKey model,
            FineTune settings,
            LanguageAlignment alignment,
            Bilingual bilingual,
            EncoderSpec encoder,
            long seed) {
        List<String> languages = settings.languages() == null ? List.of(subject.source()) : settings.languages();
        return new AlignMeanings(
                Revisions.ALIGN_MEANINGS,
                model,
                resolved.task(),
                resolved.trainingData(settings),
                languages,
                new Bilingual(bilingual.corpus(), bilingual.most(), null),
                alignment.meanings(),
                settings.selection(),
                settings.optimiser(),
                settings.dropout(),
                encoder.maxLength(),
                encoder.precision(),
                seed);
    }

    private Bilingual bilingual(LanguageAlignment given) {
        Corpus corpus = subject.corpus();
        if (corpus == null || corpus.pairs() == null && corpus.location().generated() == null)
            throw new InvalidInput(
                    "spec.corpus.pairs is missing. Language adaptation learns from translations of labelled"
                            + " texts: declare where the pairs lie.");
        List<String> languages =
                Resolved.sorted(given.languages() == null ? subject.targets() : given.languages()).stream()
                        .filter(language -> !language.equals(subject.source()))
                        .toList();
        if (languages.isEmpty())
            throw new InvalidInput(
                    "Language adaptation has no language to read translations into: list targets, or name"
                            + " languages under alignment.languages.");
        LabelAlignment labels = given.labels();
        boolean aligned = labels.on() != LabelAlignment.On.Nothing && labels.weight() > 0;
        return new Bilingual(
                new CorpusIdentity(
                        corpus.name(),
                        corpus.version(),
                        languages,
                        true,
                        corpus.location().generated()),
                given.translations(),
                aligned ? labels : null);
    }
}
