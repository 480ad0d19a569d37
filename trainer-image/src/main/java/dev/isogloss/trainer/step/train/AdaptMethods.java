package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.trainer.analysis.PriorShift;
import dev.isogloss.trainer.method.adversarial.AdversarialAlignment;
import dev.isogloss.trainer.method.distill.Distillation;
import dev.isogloss.trainer.method.distill.Distillation.TeacherOutput;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    Started start(Model given, Model trained, SourceAndTarget data, List<Item> read) throws IOException {
        return switch (spec.settings()) {
            case Iwda iwda -> {
                requireLabels(iwda, data);
                ImportanceWeightedAlignment method =
                        new ImportanceWeightedAlignment(trained, data, iwda, spec.precision(), spec.seed());
                yield new Started(method, () -> PriorShift.of(data.sourcePrior(), data.targetPrior(), method.weights())
                        .facts(trained.labels()));
            }
            case AdversarialAlign align -> {
                requireLayers(trained, align.frozenTaskLayers(), "adversarialAlign.frozenTaskLayers");
                yield new Started(new AdversarialAlignment(
                        trained, data.source(), data.target(), align, spec.precision(), spec.seed()));
            }
            case Distill distill -> {
                requireLayers(trained, distill.frozenLayers(), "distill.frozenLayers");
                yield new Started(new Distillation(
                        trained, outputs(given, data, distill), distill, spec.precision(), spec.seed()));
            }
            case SelfTrain self -> {
                SelfTrainingMethod method = selfTraining(trained, data, self, read);
                yield new Started(method, () -> pseudoLabels(method, data));
            }
        };
    }

    private void requireLabels(Iwda iwda, SourceAndTarget data) {
        if (iwda.importanceWeights() == Iwda.ImportanceWeights.Oracle
                && Arrays.stream(data.targetPrior()).sum() == 0)
            throw new InvalidInput(
                    "iwda.importanceWeights is Oracle, but the split \"%s\" of %s has no labels to count. Label it, or write Estimated."
                            .formatted(iwda.unlabelledSplit(), spec.target()));
    }

    /// Defaults are those of encoders of twelve layers; of a small one they would leave nothing to train.
    private static void requireLayers(Model model, int frozen, String field) {
        int layers = model.encoder().config().layers();
        if (frozen >= layers)
            throw new InvalidInput(
                    "%s is %d, and the encoder has %d layers: none of them would learn. Write at most %d."
                            .formatted(field, frozen, layers, layers - 1));
    }

    private List<TeacherOutput> outputs(Model teacher, SourceAndTarget data, Distill distill) {
        List<Item> texts = new ArrayList<>();
        if (distill.texts() == Distill.Texts.SourceAndTarget) texts.addAll(data.source());
        data.target().stream().map(AdaptMethods::unlabelled).forEach(texts::add);
        inputs.journal().note("asking the teacher about %,d texts".formatted(texts.size()));
        List<float[][]> said = Predictor.probabilities(teacher, texts, spec.precision(), done -> {});
        List<TeacherOutput> outputs = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) outputs.add(new TeacherOutput(texts.get(i), said.get(i)));
        return outputs;
    }

    private static Item unlabelled(Item item) {
        int[] none = new int[item.targets().length];
        Arrays.fill(none, Item.UNLABELLED);
        return new Item(item.example(), item.ids(), item.types(), item.positions(), item.first(), none);
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

    /// Records the number of labelled texts, and of their rightly labelled units where the truth is known.
    private static Facts pseudoLabels(SelfTrainingMethod self, SourceAndTarget data) {
        List<Item> learnt = self.labels().learnt();
        Map<Long, Item> gold = new TreeMap<>();
        data.target().forEach(item -> gold.put(place(item), item));
        long right = 0;
        long known = 0;
        for (Item item : learnt) {
            int[] truth = requireNonNull(gold.get(place(item))).targets();
            for (int unit = 0; unit < truth.length; unit++) {
                if (truth[unit] < 0) continue;
                known++;
                if (truth[unit] == item.targets()[unit]) right++;
            }
        }
        return Facts.of(Fact.PseudoLabelled, learnt.size()).with(Fact.PseudoLabelAccuracy, (double) right / known);
    }

    private static long place(Item item) {
        return ((long) item.example() << 32) | item.first();
    }
}
