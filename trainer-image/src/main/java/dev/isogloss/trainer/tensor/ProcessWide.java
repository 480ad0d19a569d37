package dev.isogloss.trainer.tensor;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A piece of libtorch's state that all threads share: whoever sets it is alone with it until what was set is used.
final class ProcessWide {
    private final ReentrantLock lock = new ReentrantLock();

    <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
