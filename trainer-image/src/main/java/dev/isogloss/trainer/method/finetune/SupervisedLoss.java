package dev.isogloss.trainer.method.finetune;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Criterion;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loss of a model's head on a batch, in two halves, so that what the first layer reads can be changed.
///
/// @param headDropout of what the head reads; null: the same as elsewhere
/// @param width       0; or the least width in tokens that the texts of a batch are filled up to
public record SupervisedLoss(
        Model model, Criterion criterion, @Nullable Double headDropout, Precision precision, int width) {

    /// One pass.
    ///
    /// @param loss []
    public record Pass(EncoderOutput encoded, Tensor loss) {}

    public static SupervisedLoss of(Model model, FineTune settings, Precision precision, int width) {
        return new SupervisedLoss(model, Criterion.of(settings), settings.headDropout(), precision, width);
    }

    public Batch batch(List<Item> items) {
        return Batch.of(items, model.encoder().config().padId(), width);
    }

    /// What the head needs of a pass.
    public OutputRequest read() {
        return model.head().read();
    }

    /// What the first layer reads, [t, h].
    public Tensor embed(Batch batch, Dropout dropout) {
        return model.encoder().embed(batch.tokens(), dropout);
    }

    /// The rest of the pass.
    ///
    /// @param embedded [t, h]
    /// @param dropout  that [#embed] has drawn from
    public Pass of(Tensor embedded, Batch batch, OutputRequest read, Dropout dropout) {
        EncoderOutput encoded = model.encoder().encode(embedded, batch.tokens(), read, dropout, precision);
        Dropout ofHead = headDropout == null ? dropout : dropout.with(headDropout);
        Tensor loss = model.head().loss(model.encoder(), model.headWeights(), encoded, batch, criterion, ofHead);
        return new Pass(encoded, loss);
    }
}
