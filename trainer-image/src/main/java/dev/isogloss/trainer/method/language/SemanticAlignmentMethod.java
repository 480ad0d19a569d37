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
    /// Texts of an update are read together up to here, so that their number costs no memory.
    private static final int ROWS_AT_ONCE = 64;

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

    /// A text and what stands beside it, 2b + 1 in all.
    private record Beside(List<Item> items, int translations) {}

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
        List<Beside> together = new ArrayList<>();
        int rows = 0;
        for (int i = 0; i < chosen.length; i++) {
            Beside next = new Beside(
                    batch(chosen[i], update, i),
                    texts.get(chosen[i]).translations().size());
            if (rows > 0 && rows + next.items().size() > ROWS_AT_ONCE) {
                parts.add(part(List.copyOf(together), chosen.length, update, i - together.size()));
                together.clear();
                rows = 0;
            }
            together.add(next);
            rows += next.items().size();
            examples += next.items().size();
            tokens += Objective.tokens(next.items());
        }
        parts.add(part(List.copyOf(together), chosen.length, update, chosen.length - together.size()));
        return List.of(new Objective("semantic alignment", parts, List.of("model"), examples, tokens));
    }

    /// @param first the place of the first of these texts among the update's
    private Objective.Part part(List<Beside> together, int texts, long update, int first) {
        Dropout masks = Dropout.of(dropout, seed, update * settings.textsPerUpdate() + first);
        return new Objective.Part((double) together.size() / texts, () -> loss(together, masks));
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

    /// The mean over texts that are read in one pass.
    private Tensor loss(List<Beside> together, Dropout masks) {
        Batch batch = model.batch(
                together.stream().flatMap(text -> text.items().stream()).toList());
        EncoderOutput encoded =
                model.encoder().encode(batch.tokens(), model.head().read(), masks, precision);
        Tensor logits =
                model.classifier().logits(model.encoder(), model.headWeights(), encoded, batch, masks); // [n, k]
        Tensor targets = Tensor.of(batch.targets(), batch.targets().length); // [n]
        Tensor h = SentenceVectors.normalised(encoded.first()); // [n, d]
        List<Tensor> losses = new ArrayList<>();
        int from = 0;
        for (Beside text : together) {
            int to = from + text.items().size();
            Tensor loss =
                    Losses.crossEntropy(logits.slice(0, from, to), targets.slice(0, from, to), 0, Item.UNLABELLED);
            if (settings.weight() != 0)
                loss = loss.plus(ContrastiveLoss.semanticAlignment(
                                h.slice(0, from, to), text.translations(), settings.temperature())
                        .times(settings.weight()));
            losses.add(loss);
            from = to;
        }
        return losses.stream().reduce(Tensor::plus).orElseThrow().dividedBy(losses.size());
    }
}
