package dev.isogloss.trainer.loop;

import dev.isogloss.trainer.encoder.SafetensorsCopy;
import dev.isogloss.trainer.tensor.AvailableMemory;
import dev.isogloss.trainer.tensor.OutOfDeviceMemory;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Map;

/// The best-scored parameters of a training, in memory until a checkpoint is written with them.
sealed interface BestWeights extends AutoCloseable {
    /// So many copies must fit into what the GPU has left for one to be kept there: batches to come may take more than
    /// those before.
    long ROOM_ON_DEVICE = 4;

    static BestWeights of(Map<String, Tensor> parameters) {
        if (AvailableMemory.onDevice() / ROOM_ON_DEVICE > SafetensorsCopy.bytes(parameters)) {
            try {
                return OnDevice.of(parameters);
            } catch (OutOfDeviceMemory takenMeanwhile) {
                // This machine's memory will do.
            }
        }
        return new OnHost(SafetensorsCopy.of(parameters, Map.of()));
    }

    /// Takes better ones in the place of these.
    void replaceBy(Map<String, Tensor> parameters);

    void assignTo(Map<String, Tensor> into);

    /// The same as a file in this machine's memory; this object is closed then.
    SafetensorsCopy toFile();

    @Override
    void close();

    /// On a CPU, and where the GPU has little room.
    record OnHost(SafetensorsCopy copy) implements BestWeights {
        @Override
        public void replaceBy(Map<String, Tensor> parameters) {
            copy.refill(parameters);
        }

        @Override
        public void assignTo(Map<String, Tensor> into) {
            copy.assignTo(into);
        }

        @Override
        public SafetensorsCopy toFile() {
            return copy;
        }

        @Override
        public void close() {
            copy.close();
        }
    }

    /// Beside the parameters, where a copy takes no time.
    record OnDevice(Parameters copies) implements BestWeights {
        static OnDevice of(Map<String, Tensor> parameters) {
            Parameters copies = new Parameters();
            try {
                parameters.forEach(copies::put);
                return new OnDevice(copies);
            } catch (RuntimeException failure) {
                copies.close();
                throw failure;
            }
        }

        @Override
        public void replaceBy(Map<String, Tensor> parameters) {
            parameters.forEach((name, tensor) -> copies.get(name).assign(tensor));
        }

        @Override
        public void assignTo(Map<String, Tensor> into) {
            into.forEach((name, tensor) -> tensor.assign(copies.get(name)));
        }

        @Override
        public SafetensorsCopy toFile() {
            try (this) {
                return SafetensorsCopy.of(copies.byName(), Map.of());
            }
        }

        @Override
        public void close() {
            copies.close();
        }
    }
}
