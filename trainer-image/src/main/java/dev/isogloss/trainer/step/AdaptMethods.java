package dev.isogloss.trainer.step;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.AdversarialAlign;
import dev.isogloss.api.Distill;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.Iwda;
import dev.isogloss.api.SelfTrain;
import dev.isogloss.plan.Adapt;
import dev.isogloss.trainer.method.AdversarialAlignment;
import dev.isogloss.trainer.method.Distillation;
import dev.isogloss.trainer.method.Distillation.Lesson;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.SelfTraining;
import dev.isogloss.trainer.method.iwda.ImportanceWeightedAlignment;
import dev.isogloss.trainer.method.iwda.TransferData;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One case for each method that adapts a model: which model it trains, the method, and what is worth knowing
/// afterwards.
final class AdaptMethods {
    private final Adapt spec;
    private final Workbench bench;

    AdaptMethods(Adapt spec, Workbench bench) {
        this.spec = spec;
        this.bench = bench;
    }

    /// The model that comes out: the one that was given, or a student with a new head.
    Model trained(Model given) throws IOException {
        return switch (spec.settings()) {
            case Iwda _, AdversarialAlign _, SelfTrain _ -> given;
            case Distill _ -> fresh(given);
        };
    }

    private Model fresh(Model given) throws IOException {
        Encoders.Opened opened = Encoders.open(requireNonNull(spec.fresh()), bench);
        if (!opened.tokenizer().equals(given.tokenizer()))
            throw new IllegalStateException("the new encoder's tokenizer is not the one that its teacher reads with");
        return Model.fresh(
                opened.encoder(),
                given.kind(),
                given.labels(),
                opened.tokenizer(),
                RandomStream.of(spec.seed(), "head"));
    }

    /// @param trained its word table reduced to `used`
    Method method(Model given, Model trained, TransferData data, List<Item> used) throws IOException {
        return switch (spec.settings()) {
            case Iwda iwda -> {
                requireLabels(iwda, data);
                yield new ImportanceWeightedAlignment(trained, data, iwda, spec.precision(), spec.seed());
            }
            case AdversarialAlign align -> {
                requireLayers(trained, align.frozenTaskLayers(), "adversarialAlign.frozenTaskLayers");
                yield new AdversarialAlignment(
                        trained, data.source(), data.target(), align, spec.precision(), spec.seed());
            }
            case Distill distill -> {
                requireLayers(trained, distill.frozenLayers(), "distill.frozenLayers");
                yield new Distillation(trained, lessons(given, data, distill), distill, spec.precision(), spec.seed());
            }
            case SelfTrain self -> selfTraining(trained, data, self, used);
        };
    }

    private void requireLabels(Iwda iwda, TransferData data) {
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

    private List<Lesson> lessons(Model teacher, TransferData data, Distill distill) {
        List<Item> texts = new ArrayList<>();
        if (distill.texts() == Distill.Texts.SourceAndTarget) texts.addAll(data.source());
        data.target().stream().map(AdaptMethods::unlabelled).forEach(texts::add);
        bench.note("asking the teacher about %,d texts".formatted(texts.size()));
        List<float[][]> said = Predictor.probabilities(teacher, texts, spec.precision(), done -> {});
        List<Lesson> lessons = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) lessons.add(new Lesson(texts.get(i), said.get(i)));
        return lessons;
    }

    private static Item unlabelled(Item item) {
        int[] none = new int[item.targets().length];
        Arrays.fill(none, Item.UNLABELLED);
        return new Item(item.example(), item.ids(), item.types(), item.positions(), item.first(), none);
    }

    private Method selfTraining(Model trained, TransferData data, SelfTrain self, List<Item> used) throws IOException {
        if (!self.restart())
            return new SelfTraining(
                    trained, Map.of(), data.source(), data.target(), self, spec.precision(), spec.seed());
        try (Model beginning = fresh(trained)) {
            beginning.compact(used);
            return new SelfTraining(
                    trained, beginning.trainable(), data.source(), data.target(), self, spec.precision(), spec.seed());
        }
    }

    /// What the result keeps beside the training's own facts.
    Map<String, Double> facts(Method method, Model trained, TransferData data) {
        return switch (method) {
            case ImportanceWeightedAlignment iwda ->
                PriorShift.of(data, iwda.weights()).facts(trained.labels());
            case SelfTraining self -> ownLabels(self, data);
            default -> Map.of();
        };
    }

    /// How many texts were labelled, and how many of their units rightly, where the truth is known.
    private static Map<String, Double> ownLabels(SelfTraining self, TransferData data) {
        Map<String, Double> facts = new TreeMap<>();
        List<Item> learnt = self.labels().learnt();
        facts.put("pseudoLabelled", (double) learnt.size());
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
        if (known > 0) facts.put("pseudoLabelAccuracy", (double) right / known);
        return facts;
    }

    private static long place(Item item) {
        return ((long) item.example() << 32) | item.first();
    }
}
