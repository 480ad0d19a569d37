package dev.isogloss.trainer.task;

import dev.isogloss.trainer.tensor.LateFloats;
import java.util.List;
import java.util.function.Function;

/// Outputs of a batch that were asked for. Who reads them waits until the device has computed them, so a batch that is
/// asked for before those of the last one are read leaves the device no pause.
public sealed interface LateOutputs extends AutoCloseable {

    /// For every item of the batch, in order, what [Task#predictions] reads.
    List<float[][]> read();

    @Override
    void close();

    /// Outputs that are read already.
    record There(List<float[][]> read) implements LateOutputs {
        @Override
        public void close() {}
    }

    /// Outputs that come from the device in one piece.
    ///
    /// @param cut makes items of the piece
    record Copied(LateFloats floats, Function<float[], List<float[][]>> cut) implements LateOutputs {
        @Override
        public List<float[][]> read() {
            return cut.apply(floats.read());
        }

        @Override
        public void close() {
            floats.close();
        }
    }
}
