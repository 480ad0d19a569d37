package dev.isogloss.trainer.method.robust;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.method.Ear;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.OutputRows;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// EAR (Ding et al., COLING 2022, section 2): beside a text x, its copy xᵃ with other words goes through the same
/// weights, with dropout of its own.
///
///     L    = CE(x) + CE(xᵃ) + α·push + β·pull
///     push = −‖M(E_x) − M(E_xᵃ)‖²        EPT; E the embeddings after norm and dropout, M the mean of tokens
///     pull = ‖A_x − A_xᵃ‖²               APT of [AttentionPull]; or SRPT, ‖M(H_x) − M(H_xᵃ)‖², of one layer
///     NT     E_xᵃ ← E_xᵃ + N(0, σ²), no push
///
/// Both terms send gradients into both passes.
///
/// Paper: α = 1, β = 0.1, sums. Authors' code: α = 0.1, β = 1, means.
public final class EarLoss implements AuxiliaryObjective {
    private final Ear settings;
    private final List<Item> copies;
    private final SupervisedLoss head;
    private final Noise noise;
    private final Parameters readings = new Parameters(); // read when asked for: a GPU is not waited for before

    /// @param settings resolved
    /// @param copies   of the training's items, in their order
    /// @param head     the loss of a text or a copy by itself; its batches are of the greatest width where
    ///                 `cells` is Padded
    public EarLoss(Ear settings, List<Item> copies, SupervisedLoss head, long seed) {
        this.settings = settings;
        this.copies = copies;
        this.head = head;
        this.noise = Noise.gaussian(settings.push() == Ear.Push.Noise ? settings.noise() : 0, seed);
    }

    @Override
    public int width() {
        return head.width();
    }

    @Override
    public OutputRequest read(OutputRequest asked) {
        boolean ofLast = settings.layer() == head.model().encoder().config().layers();
        return switch (settings.pull()) {
            case Attention -> asked.withAttention(settings.layer());
            case Sentence -> new OutputRequest(ofLast ? OutputRows.All : asked.rows(), true, asked.attentions());
            case Nothing -> asked;
        };
    }

    @Override
    public Tensor loss(EncoderOutput encoded, Batch batch, int[] items, Micro micro) {
        Batch other = head.batch(Arrays.stream(items).mapToObj(copies::get).toList());
        Tensor embedded = noise.on(head.embed(other, micro.dropout()), other.tokens(), micro.number()); // [t, h]
        SupervisedLoss.Pass pass = head.of(embedded, other, read(head.read()), micro.dropout());
        return pull(push(pass.loss(), encoded, batch, pass.encoded(), other), encoded, batch, pass.encoded(), other);
    }

    private Tensor push(Tensor loss, EncoderOutput x, Batch batch, EncoderOutput copy, Batch other) {
        if (settings.push() != Ear.Push.Embeddings) return loss;
        Tensor mean = TextMeans.of(x.embeddings(), batch.tokens());
        Tensor otherMean = TextMeans.of(copy.embeddings(), other.tokens());
        Tensor distance = TextMeans.squaredDistance(mean, otherMean, settings.reduction()); // []
        readings.put("push", distance.detach().negate());
        readings.put(
                "distance",
                mean.detach()
                        .minus(otherMean.detach())
                        .square()
                        .sum(1, false)
                        .sqrt()
                        .mean());
        return loss.minus(distance.times(requireNonNull(settings.pushWeight())));
    }

    private Tensor pull(Tensor loss, EncoderOutput x, Batch batch, EncoderOutput copy, Batch other) {
        Tensor apart =
                switch (settings.pull()) {
                    case Nothing -> null;
                    case Attention ->
                        AttentionPull.of(
                                x.attentions().getFirst(),
                                batch.tokens(),
                                copy.attentions().getFirst(),
                                other.tokens(),
                                requireNonNull(settings.cells()),
                                settings.reduction());
                    case Sentence ->
                        TextMeans.squaredDistance(
                                TextMeans.of(x.hidden().get(settings.layer()), batch.tokens()),
                                TextMeans.of(copy.hidden().get(settings.layer()), other.tokens()),
                                settings.reduction());
                };
        if (apart == null) return loss;
        readings.put("pull", apart);
        return loss.plus(apart.times(requireNonNull(settings.pullWeight())));
    }

    @Override
    public Map<String, Double> readings() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        readings.byName().forEach((name, reading) -> numbers.put(name, reading.toDouble()));
        return numbers;
    }

    @Override
    public void close() {
        readings.close();
    }
}
