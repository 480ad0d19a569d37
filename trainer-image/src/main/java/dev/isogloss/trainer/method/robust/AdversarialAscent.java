package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.AdversarialPerturbation;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;

/// ADV (Huang et al., 2021; Madry et al., 2018): the loss at embeddings that are moved to where it is high, each token
/// by at most ε.
///
///     δ = 0;  K times:  δᵢ ← Π_ε(δᵢ + η·gᵢ/‖gᵢ‖),  g = ∂L(e + δ)/∂δ          Π_ε(z) = z·min(1, ε/‖z‖)
///     L(e + δ), and L(e) where `clean` says so
///
/// δ is a constant for the weights' gradients. All passes of an update have the same dropout, so that the change alone
/// makes the difference.
public final class AdversarialAscent implements AuxiliaryObjective {
    /// Below every norm that is not 0 in 32 bits.
    static final double TINY = 1e-30;

    private final AdversarialPerturbation settings;
    private final SupervisedLoss head;

    /// @param settings resolved, `perturb` EmbeddingOutput
    public AdversarialAscent(AdversarialPerturbation settings, SupervisedLoss head) {
        this.settings = settings;
        this.head = head;
    }

    @Override
    public Tensor whole(Batch batch, Micro micro) {
        Dropout dropout = micro.dropout().again();
        Tensor embedded = head.embed(batch, dropout); // [t, h]
        boolean moved = settings.radius() > 0;
        Tensor read = moved ? embedded.plus(ascended(embedded.detach(), batch, micro.dropout())) : embedded;
        Tensor loss = loss(read, batch, dropout);
        return settings.clean() ? loss.plus(plain(batch, micro.dropout().again())) : loss;
    }

    private Tensor plain(Batch batch, Dropout dropout) {
        return loss(head.embed(batch, dropout), batch, dropout);
    }

    private Tensor loss(Tensor embedded, Batch batch, Dropout dropout) {
        return head.of(embedded, batch, head.read(), dropout).loss();
    }

    /// δ, [t, h], a constant.
    ///
    /// @param start e, a constant
    Tensor ascended(Tensor start, Batch batch, Dropout masks) {
        Tensor delta = Tensor.zeros(start.shape()).asTypeOf(start);
        for (int step = 0; step < settings.steps(); step++) {
            Tensor from = delta;
            delta = Scope.result(() -> {
                Tensor gradient = gradient(from, start, batch, masks);
                return GradMode.without(() -> projected(from.plus(unit(gradient).times(length()))));
            });
        }
        return delta;
    }

    private Tensor gradient(Tensor delta, Tensor start, Batch batch, Dropout masks) {
        Dropout dropout = masks.again();
        dropout.fork(); // the embeddings' masks are in `start`
        Tensor leaf = delta.copy().asInput();
        return Gradients.of(loss(start.plus(leaf), batch, dropout), List.of(leaf), false)
                .getFirst();
    }

    private double length() {
        return settings.stepSize() == null ? 0 : settings.stepSize();
    }

    private static Tensor norms(Tensor vectors) {
        return vectors.square().sum(1, true).sqrt(); // [t, 1]
    }

    private static Tensor unit(Tensor vectors) {
        return vectors.dividedBy(norms(vectors).plus(TINY));
    }

    private Tensor projected(Tensor delta) {
        Tensor scale =
                norms(delta).plus(TINY).power(-1).times(settings.radius()).clamp(0, 1); // [t, 1]
        return delta.times(scale);
    }
}
