package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Remembers what it sees; stops or dies after an update when asked to.
final class Recorder implements TrainingListener {
    final List<String> curve = new ArrayList<>();
    final List<Double> rates = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    Runnable seenUpdate = () -> {};
    long stopAfter = -1;
    long dieAfter = -1;
    long resumedAt = -1;
    long seen;

    @Override
    public void resumed(long update) {
        resumedAt = update;
    }

    @Override
    public void updated(long update, long of, double loss) {
        seen = update;
        losses.add(loss);
        seenUpdate.run();
        if (update == dieAfter) throw new OutOfMemoryError("as if killed");
    }

    @Override
    public void read(long examples, long tokens) {
        assertThat(examples).isEqualTo(8);
    }

    @Override
    public void curve(long update, Map<String, Double> values) {
        curve.add(update + " " + values);
        Double rate = values.get("learningRate.model");
        if (rate != null) rates.add(rate);
    }

    @Override
    public boolean stopRequested() {
        return seen == stopAfter;
    }
}
