package dev.isogloss.trainer.method.finetune;

import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An objective of a fine-tuning beside, or in the place of, the loss of its head: a further loss of the same
/// forward pass, perturbed embeddings, or passes of its own. The defaults leave the fine-tuning as it is.
public interface AuxiliaryObjective extends AutoCloseable {

    /// Nothing beside the head's loss.
    AuxiliaryObjective NONE = new AuxiliaryObjective() {};

    /// One micro-batch of a training.
    ///
    /// @param number  of the micro-batch within the training, which names random streams
    /// @param dropout the first pass draws from it; a pass after it draws masks of its own
    record Micro(long number, Dropout dropout) {}

    /// 0; or the least width in tokens that the texts of a batch are filled up to.
    default int width() {
        return 0;
    }

    /// The outputs that the first pass must give.
    ///
    /// @param head what the head needs of it
    default OutputRequest read(OutputRequest head) {
        return head;
    }

    /// The embeddings that the layers of the first pass read.
    ///
    /// @param embedded [t, h]
    default Tensor embeddings(Tensor embedded, Batch batch, Micro micro) {
        return embedded;
    }

    /// @param encoded the first pass, as [#read] asks for it
    /// @param items   the rows of the batch as numbers of the training's items
    /// @return added to the head's loss, shape []; null where there is nothing to add
    default @Nullable Tensor loss(EncoderOutput encoded, Batch batch, int[] items, Micro micro) {
        return null;
    }

    /// The whole loss of a micro-batch, for an objective that makes all passes itself.
    ///
    /// @return shape []; null: the head's loss of one pass, and [#loss]
    default @Nullable Tensor whole(Batch batch, Micro micro) {
        return null;
    }

    /// Further numbers for the curve, in a fixed order, as the last update left them.
    default Map<String, Double> readings() {
        return Map.of();
    }

    @Override
    default void close() {}
}
