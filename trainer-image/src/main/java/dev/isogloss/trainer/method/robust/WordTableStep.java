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

/// FGM (Miyato et al., ICLR 2017; the option of Dong & de Melo, EMNLP 2019): the loss with a word table W that is moved
/// one step towards where it is high.
///
///     r = ε·g/‖g‖_F,  g = ∂L(W)/∂W          L(W + r), and L(W) where `clean` says so
///
/// r is a constant for the weights' gradients. Both passes have the same dropout.
public final class WordTableStep implements AuxiliaryObjective {
    private final AdversarialPerturbation settings;
    private final SupervisedLoss head;

    /// @param settings resolved, `perturb` WordTable
    public WordTableStep(AdversarialPerturbation settings, SupervisedLoss head) {
        this.settings = settings;
        this.head = head;
    }

    @Override
    public Tensor whole(Batch batch, Micro micro) {
        Tensor words = head.model().encoder().words(); // [v, h]
        Tensor moved = settings.radius() == 0 ? words : words.plus(Scope.result(() -> step(words, batch, micro)));
        Tensor loss = at(moved, batch, micro.dropout().again());
        return settings.clean() ? loss.plus(at(words, batch, micro.dropout().again())) : loss;
    }

    /// r, [v, h].
    Tensor step(Tensor words, Batch batch, Micro micro) {
        Tensor loss = at(words, batch, micro.dropout().again());
        Tensor gradient = Gradients.of(loss, List.of(words), false).getFirst();
        return GradMode.without(() ->
                gradient.dividedBy(gradient.norm().plus(AdversarialAscent.TINY)).times(settings.radius()));
    }

    private Tensor at(Tensor words, Batch batch, Dropout dropout) {
        Tensor embedded = head.model().encoder().embed(batch.tokens(), words, dropout); // [t, h]
        return head.of(embedded, batch, head.read(), dropout).loss();
    }
}
