package dev.isogloss.trainer.method.language;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.method.BatchPlan;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Phase two of language adaptation (Yu & Joty, 2021, eq. 4 and 5), on translated texts alone:
///
///     L  =  CE(batch) + λ_SA · L_SA        batch of text i = { xᵢ, its b translations, b texts x_j with yⱼ ≠ yᵢ }
///
/// The b other texts are in the source language, drawn anew at every visit from the translated ones. A text of which
/// fewer languages have a translation has a smaller b.
/// Paper: says |B| = 2b and sums over k ≠ i in B, so that B is taken to be what stands beside xᵢ; over which texts the
/// cross-entropy goes it does not say: here over all 2b + 1.
public final class SemanticAlignmentMethod implements Method {
    private final Model model;
    private final List<Translated> texts;
    private final SemanticAlignment settings;
    private final double dropout;
    private final Precision precision;
    private final long seed;
    private final ClassPlaces classes;
    private final BatchPlan plan;
    private final Optimisation optimisation;

    /// A labelled text with its translations.
    ///
    /// @param translations at least one
    public record Translated(Item text, List<Item> translations) {
        int label() {
            return text.targets()[0];
        }
    }

    /// @param texts of at least two classes
    public SemanticAlignmentMethod(
            Model model,
            List<Translated> texts,
            SemanticAlignment settings,
            Optimiser optimiser,
            double dropout,
            Precision precision,
            long seed) {
        this.model = model;
        this.texts = texts;
        this.classes = ClassPlaces.of(texts.stream().mapToInt(Translated::label).toArray());
        this.settings = settings;
        this.dropout = dropout;
        this.precision = precision;
        this.seed = seed;
        int[] lengths = new int[texts.size()]; // a random order does not look at them
        this.plan = new BatchPlan(lengths.length, _ -> lengths, settings.textsPerUpdate(), 1, BatchOrder.Random, seed);
        long updates = new Epochs(settings.epochs(), null).updates(plan.updatesPerEpoch());
        this.optimisation = new Optimisation(
                List.of(new ParameterGroup("model", model.trainable(), settings.learningRate(), optimiser, updates)),
                updates,
                plan.updatesPerEpoch());
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        int[] chosen = plan.microBatches(update).getFirst();
        List<Objective.Part> parts = new ArrayList<>();
        long examples = 0;
        long tokens = 0;
        for (int i = 0; i < chosen.length; i++) {
            List<Item> batch = batch(chosen[i], update, i);
            Dropout masks = Dropout.of(dropout, seed, update * settings.textsPerUpdate() + i);
            int translations = texts.get(chosen[i]).translations().size();
            parts.add(new Objective.Part(1.0 / chosen.length, () -> loss(batch, translations, masks)));
            examples += batch.size();
            tokens += batch.stream().mapToLong(Item::length).sum();
        }
        return List.of(new Objective("semantic alignment", parts, List.of("model"), examples, tokens));
    }

    /// The text, its translations, and as many texts of other classes.
    List<Item> batch(int chosen, long update, int place) {
        Translated own = texts.get(chosen);
        int wanted = own.translations().size();
        int others = texts.size() - classes.size(own.label());
        int[] drawn = RandomStream.of(seed, "negatives", update, place).distinct(others, Math.min(wanted, others));
        List<Item> batch = new ArrayList<>();
        batch.add(own.text());
        batch.addAll(own.translations());
        for (int i = 0; i < wanted; i++)
            batch.add(texts.get(classes.other(own.label(), drawn[i % drawn.length]))
                    .text());
        return batch;
    }

    private Tensor loss(List<Item> items, int translations, Dropout masks) {
        Batch batch = model.batch(items);
        EncoderOutput encoded =
                model.encoder().encode(batch.tokens(), model.head().read(), masks, precision);
        Tensor logits =
                model.classifier().logits(model.encoder(), model.headWeights(), encoded, batch, masks); // [2b + 1, k]
        Tensor targets = Tensor.of(batch.targets(), batch.targets().length); // [2b + 1]
        Tensor loss = Losses.crossEntropy(logits, targets, 0, Item.UNLABELLED);
        if (settings.weight() == 0) return loss;
        Tensor h = SentenceVectors.normalised(encoded.first()); // [2b + 1, d]
        return loss.plus(ContrastiveLoss.semanticAlignment(h, translations, settings.temperature())
                .times(settings.weight()));
    }
}
