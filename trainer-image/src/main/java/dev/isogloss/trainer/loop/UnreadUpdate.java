package dev.isogloss.trainer.loop;

import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.tensor.LateNumbers;
import java.util.ArrayList;
import java.util.List;

/// An update that the device was given, and whose losses nobody has read.
///
/// @param losses of the parts of each objective
record UnreadUpdate(List<Objective> objectives, LateNumbers losses) implements AutoCloseable {

    /// The loss of an objective: the sum of its parts.
    record Loss(Objective objective, double value) {}

    /// Waits for the update; this object is closed then.
    List<Loss> read() {
        try (this) {
            double[] parts = losses.read();
            List<Loss> sums = new ArrayList<>();
            int part = 0;
            for (Objective objective : objectives) {
                double sum = 0;
                for (int i = 0; i < objective.parts().size(); i++) sum += parts[part++];
                sums.add(new Loss(objective, sum));
            }
            return sums;
        }
    }

    @Override
    public void close() {
        losses.close();
    }
}
