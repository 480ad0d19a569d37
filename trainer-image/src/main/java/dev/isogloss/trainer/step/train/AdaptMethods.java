package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.trainer.analysis.PriorShift;
import dev.isogloss.trainer.method.adversarial.AdversarialAlignment;
import dev.isogloss.trainer.method.distill.Distillation;
import dev.isogloss.trainer.method.iwda.ImportanceWeightedAlignment;
import dev.isogloss.trainer.method.iwda.SourceAndTarget;
import dev.isogloss.trainer.method.selftraining.SelfTrainingMethod;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.train.ModelTraining.Started;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The methods that adapt a model, one case each: which model it trains, the method, and what is worth knowing
/// afterwards.
final class AdaptMethods {
    private final AdaptStep spec;
    private final StepInputs inputs;

    AdaptMethods(AdaptStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    /// True if the outcome is a student with a new head, and not the given model.
    boolean trainsStudent() {
        return switch (spec.settings()) {
            case Iwda _, AdversarialAlign _, SelfTrain _ -> false;
            case Distill _ -> true;
        };
    }

    /// A new head, of the kind that was given, on the encoder that the method starts anew from.
    Model fresh(Model given) throws IOException {
        OpenedEncoder opened = EncoderOpener.open(requireNonNull(spec.encoder()), inputs);
        if (!opened.tokenizer().equals(given.tokenizer()))
            throw new IllegalStateException("the new encoder's tokenizer is not the one that its teacher reads with");
        return Model.fresh(
                opened.encoder(),
                given.head(),
                given.labels(),
                opened.tokenizer(),
                RandomStream.of(spec.seed(), "head"));
    }

    /// @param trained its word table reduced to `read`
    /// @param gold    labels of the target, which no method is handed
    Started start(Model given, Model trained, SourceAndTarget data, TargetGold gold, List<Item> read)
            throws IOException {
        return switch (spec.settings()) {
            case Iwda iwda -> alignment(trained, data, iwda, gold);
            case AdversarialAlign align -> {
                requireLayers(trained, align.frozenTaskLayers(), "adversarialAlign.frozenTaskLayers");
                yield new Started(new AdversarialAlignment(
                        trained, data.source(), data.target(), align, spec.precision(), spec.seed()));
            }
            case Distill distill -> {
                requireLayers(trained, distill.frozenLayers(), "distill.frozenLayers");
                yield new Started(distillation(given, trained, data, distill));
            }
            case SelfTrain self -> {
                SelfTrainingMethod method = selfTraining(trained, data, self, read);
                yield new Started(
                        method, () -> gold.pseudoLabels(method.labels().learnt()));
            }
        };
    }

    private Started alignment(Model trained, SourceAndTarget data, Iwda iwda, TargetGold gold) {
        boolean oracle = iwda.importanceWeights() == Iwda.ImportanceWeights.Oracle;
        if (oracle && !gold.isKnown())
            throw new InvalidInput(
                    "iwda.importanceWeights is Oracle, but the split \"%s\" of %s has no labels to count. Label it, or write Estimated."
                            .formatted(iwda.unlabelledSplit(), spec.target()));
        ImportanceWeightedAlignment method = new ImportanceWeightedAlignment(
                trained, data, iwda, oracle ? gold.prior() : null, spec.precision(), spec.seed());
        return new Started(
                method, () -> PriorShift.of(data.sourcePrior(), gold.prior().shares(), method.weights())
                        .facts(trained.labels()));
    }

    /// Defaults are those of encoders of twelve layers; of a small one they would leave nothing to train.
    private static void requireLayers(Model model, int frozen, String field) {
        int layers = model.encoder().config().layers();
        if (frozen >= layers)
            throw new InvalidInput(
                    "%s is %d, and the encoder has %d layers: none of them would learn. Write at most %d."
                            .formatted(field, frozen, layers, layers - 1));
    }

    private Distillation distillation(Model teacher, Model student, SourceAndTarget data, Distill distill) {
        List<Item> labelled = distill.texts() == Distill.Texts.SourceAndTarget ? data.source() : List.of();
        return new Distillation(
                student,
                labelled,
                data.target(),
                texts -> {
                    inputs.journal().note("asking the teacher about %,d texts".formatted(texts.size()));
                    return Predictor.probabilities(teacher, texts, spec.precision(), done -> {});
                },
                distill,
                spec.precision(),
                spec.seed());
    }

    private SelfTrainingMethod selfTraining(Model trained, SourceAndTarget data, SelfTrain self, List<Item> read)
            throws IOException {
        if (!self.restart())
            return new SelfTrainingMethod(
                    trained, Map.of(), data.source(), data.target(), self, spec.precision(), spec.seed());
        try (Model beginning = fresh(trained)) {
            beginning.compact(read);
            return new SelfTrainingMethod(
                    trained, beginning.trainable(), data.source(), data.target(), self, spec.precision(), spec.seed());
        }
    }
}
