package dev.isogloss.trainer.executor;

import dev.isogloss.trainer.step.StopSignal;
import java.util.concurrent.CountDownLatch;

/// The stop signal that a person, or Kubernetes, can set.
public final class StopSwitch implements StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
    }

    @Override
    public boolean requested() {
        return requested.getCount() == 0;
    }
}
