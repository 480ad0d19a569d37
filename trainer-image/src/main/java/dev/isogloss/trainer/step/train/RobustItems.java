package dev.isogloss.trainer.step.train;

import dev.isogloss.api.method.AdversarialTraining;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.RandomizedSmoothing;
import dev.isogloss.api.method.RobustTraining;
import dev.isogloss.api.method.SynonymCopies;
import dev.isogloss.plan.step.RobustInputs;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.trainer.augment.Synonyms;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.method.robust.AdversarialObjective;
import dev.isogloss.trainer.method.robust.EarLoss;
import dev.isogloss.trainer.method.robust.SmoothingNoise;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.Dictionaries;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a robust training learns from.
///
/// @param sources the items of each source
/// @param copies  of every item, source after source, in the place of the item itself; empty where none is compared
record RobustItems(List<List<Item>> sources, List<Item> copies) {
    /// Below this share of words with neighbours copies are hardly copies.
    private static final double LITTLE = 0.05;

    /// @param seed of the draws of words
    static RobustItems read(RobustInputs robust, List<Split> gold, ItemReader reader, long seed, StepInputs inputs)
            throws IOException {
        SynonymCopies asked =
                switch (robust.settings()) {
                    case Ear ear -> ear.synonyms();
                    case RandomizedSmoothing smoothing -> smoothing.synonyms();
                    case AdversarialTraining _ -> null;
                };
        if (asked == null || robust.dictionary() == null)
            return new RobustItems(gold.stream().map(reader::read).toList(), List.of());
        SynonymDictionary dictionary = SynonymDictionary.read(Dictionaries.file(robust.dictionary(), inputs));
        Synonyms synonyms = Synonyms.of(dictionary, asked, seed);
        cover(synonyms, gold, inputs);
        Pairing pairing = new Pairing(reader, synonyms, asked.count());
        List<List<Item>> originals = new ArrayList<>();
        List<List<Item>> copies = new ArrayList<>();
        for (Split split : gold) pairing.of(split, originals, copies);
        if (pairing.without > 0)
            inputs.journal()
                    .note(("%,d parts of long texts are their own copies: with other words their text is cut at other"
                                    + " places. A greater maxLength leaves more texts whole.")
                            .formatted(pairing.without));
        return robust.settings() instanceof Ear
                ? new RobustItems(
                        originals, copies.stream().flatMap(List::stream).toList())
                : new RobustItems(copies, List.of());
    }

    private static void cover(Synonyms synonyms, List<Split> gold, StepInputs inputs) {
        double share = synonyms.coverage(gold.stream().flatMap(split -> split.examples().stream()));
        if (Double.isNaN(share)) return;
        inputs.journal().fact(Fact.Replaceable, share);
        if (share < LITTLE)
            inputs.journal()
                    .note(("Of the words that are learnt from, %.1f %% have neighbours in the dictionary: copies are"
                                    + " hardly different. Is it one of this language, with its words as they are written?")
                            .formatted(100 * share));
    }

    /// What is added to the loss of the head, or stands in its place.
    ///
    /// @throws InvalidInput if the encoder has no such layer
    AuxiliaryObjective objective(TrainStep spec, Model model) {
        RobustTraining settings = Objects.requireNonNull(spec.robust()).settings();
        return switch (settings) {
            case Ear ear when copies.isEmpty() -> AuxiliaryObjective.NONE;
            case Ear ear -> {
                ear.requireLayer(model.encoder().config().layers());
                int width = ear.cells() == Ear.Cells.Padded ? spec.maxLength() : 0;
                yield new EarLoss(ear, copies, head(spec, model, width), spec.seed());
            }
            case RandomizedSmoothing smoothing ->
                switch (smoothing.perturb()) {
                    case Embeddings -> new SmoothingNoise(smoothing, spec.seed());
                    case Synonyms -> AuxiliaryObjective.NONE;
                };
            case AdversarialTraining adversarial ->
                AdversarialObjective.of(adversarial.perturbation(), head(spec, model, 0));
        };
    }

    private static SupervisedLoss head(TrainStep spec, Model model, int width) {
        return SupervisedLoss.of(model, spec.settings(), spec.precision(), width);
    }

    /// Items and their copies, one to one.
    private static final class Pairing {
        private final ItemReader reader;
        private final Synonyms synonyms;
        private final int count;
        private int without;

        Pairing(ItemReader reader, Synonyms synonyms, int count) {
            this.reader = reader;
            this.synonyms = synonyms;
            this.count = count;
        }

        /// Adds the items of a split, each as often as it has copies, and the copies of each.
        void of(Split split, List<List<Item>> originals, List<List<Item>> copies) {
            List<Map<Integer, List<Item>>> made = IntStream.range(0, count)
                    .mapToObj(copy -> byExample(copies(split, copy)))
                    .toList();
            List<Item> repeated = new ArrayList<>();
            List<Item> others = new ArrayList<>();
            byExample(reader.read(split)).forEach((example, parts) -> {
                for (int part = 0; part < parts.size(); part++)
                    for (Map<Integer, List<Item>> copy : made) {
                        repeated.add(parts.get(part));
                        others.add(other(parts.get(part), part, Objects.requireNonNull(copy.get(example))));
                    }
            });
            originals.add(repeated);
            copies.add(others);
        }

        /// A long sentence of words is cut into parts, and with other words perhaps at other places.
        private Item other(Item part, int number, List<Item> parts) {
            if (number < parts.size()
                    && parts.get(number).first() == part.first()
                    && parts.get(number).targets().length == part.targets().length) return parts.get(number);
            without++;
            return part;
        }

        private List<Item> copies(Split split, int copy) {
            List<Example> examples = IntStream.range(0, split.size())
                    .mapToObj(i -> synonyms.copy(split.examples().get(i), copy, i))
                    .toList();
            return reader.task()
                    .items(
                            new Split(split.language(), split.name(), examples, split.lines(), split.file(), List.of()),
                            reader.labels(),
                            reader.tokenizer(),
                            reader.maxLength());
        }

        private static Map<Integer, List<Item>> byExample(List<Item> items) {
            return items.stream().collect(Collectors.groupingBy(Item::example, TreeMap::new, Collectors.toList()));
        }
    }
}
