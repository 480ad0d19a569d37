package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.api.method.LanguageAlignment;
import dev.isogloss.api.method.RobustTraining;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.RobustInputs;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.plan.step.TranslationInputs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of a supervised training: one, or two where translations are learnt from in a second phase.
final class TrainSteps {
    private final ExperimentSettings inputs;
    private final SpecResolver resolved;

    TrainSteps(ExperimentSettings inputs, SpecResolver resolved) {
        this.inputs = inputs;
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
            @Nullable PseudoLabelInputs pseudoLabels) {
        TranslationInputs translations = alignment == null ? null : translations(alignment);
        TrainStep train = train(settings, origin, encoder, seed, pseudoLabels, translations, null);
        List<StepSpec> steps = new ArrayList<>(List.of(train));
        if (alignment != null && translations != null && alignment.semantic().epochs() > 0)
            steps.add(semanticAlignment(StepKeys.of(train), settings, alignment, translations, encoder, seed));
        return steps;
    }

    /// @param settings   of the training, resolved
    /// @param robustness as the manifest has it
    TrainStep robust(
            FineTune settings, RobustTraining robustness, EncoderOrigin origin, EncoderSpec encoder, long seed) {
        RobustInputs robust = new RobustInputs(
                robustness.resolved(), robustness.readsDictionary() ? resolved.dictionary(robustness.method()) : null);
        return train(settings, origin, encoder, seed, null, null, robust);
    }

    private TrainStep train(
            FineTune settings,
            EncoderOrigin origin,
            EncoderSpec encoder,
            long seed,
            @Nullable PseudoLabelInputs pseudoLabels,
            @Nullable TranslationInputs translations,
            @Nullable RobustInputs robust) {
        return new TrainStep(
                Revisions.train(encoder, resolved.task().type()),
                origin,
                resolved.task(),
                resolved.trainingData(settings),
                inputs.source(),
                settings,
                encoder.maxLength(),
                encoder.precision(),
                seed,
                pseudoLabels,
                translations,
                robust);
    }

    private SemanticAlignmentStep semanticAlignment(
            StepKey model,
            FineTune settings,
            LanguageAlignment alignment,
            TranslationInputs translations,
            EncoderSpec encoder,
            long seed) {
        List<String> languages = settings.languages() == null ? List.of(inputs.source()) : settings.languages();
        return new SemanticAlignmentStep(
                Revisions.semanticAlignment(alignment.semantic()),
                model,
                resolved.task(),
                resolved.trainingData(settings),
                languages,
                new TranslationInputs(translations.corpus(), translations.maxTexts(), null),
                alignment.semantic(),
                settings.selection(),
                settings.optimiser(),
                settings.dropout(),
                encoder.maxLength(),
                encoder.precision(),
                seed);
    }

    private TranslationInputs translations(LanguageAlignment alignment) {
        Corpus corpus = inputs.corpus();
        if (corpus == null || corpus.pairs() == null && corpus.location().generated() == null)
            throw new InvalidInput(
                    "spec.corpus.pairs is missing. Language adaptation learns from translations of labelled"
                            + " texts: declare where the pairs lie.");
        List<String> languages =
                SpecResolver.sorted(alignment.languages() == null ? inputs.targets() : alignment.languages()).stream()
                        .filter(language -> !language.equals(inputs.source()))
                        .toList();
        if (languages.isEmpty())
            throw new InvalidInput(
                    "spec.targets has no language that language adaptation reads translations in. List targets, or name"
                            + " languages under alignment.languages.");
        LabelAlignment labels = alignment.label();
        boolean aligned = labels.texts() != LabelAlignment.AlignedTexts.Nothing && labels.weight() > 0;
        return new TranslationInputs(
                new CorpusIdentity(
                        corpus.name(),
                        corpus.version(),
                        languages,
                        true,
                        corpus.location().generated()),
                alignment.translations(),
                aligned ? labels : null);
    }
}
