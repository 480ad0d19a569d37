package dev.isogloss.trainer.cli;

import dev.isogloss.trainer.executor.StopSwitch;
import dev.isogloss.trainer.progress.RunEvent.StopRepeated;
import dev.isogloss.trainer.progress.RunListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// A handler that makes Ctrl-C and SIGTERM a request: the steps write a checkpoint and end, and then the process
/// does. Ending it at once would unload the engine under threads that are inside it, which crashes.
final class Interrupts implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final StopSwitch stop;
    private final RunListener listener;
    private final Map<Signal, SignalHandler> before = new HashMap<>();
    private final AtomicInteger received = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::joinRun, "stop");

    private Interrupts(StopSwitch stop, RunListener listener) {
        this.stop = stop;
        this.listener = listener;
    }

    static Interrupts stopping(StopSwitch stop, RunListener listener) {
        Interrupts interrupts = new Interrupts(stop, listener);
        for (String name : SIGNALS) interrupts.listenTo(name);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    private void listenTo(String name) {
        try {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, _ -> received()));
        } catch (IllegalArgumentException taken) {
            // The JVM keeps this signal for itself (-Xrs); then the shutdown hook below does the work.
        }
    }

    private void received() {
        stop.request();
        if (received.incrementAndGet() > 1) listener.on(new StopRepeated());
    }

    /// The process ends for another reason: that still must not happen under a running step.
    private void joinRun() {
        stop.request();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The run is over: signals mean what they usually do.
    @Override
    public void close() {
        over.countDown();
        before.forEach(Signal::handle);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is what waits for us.
        }
    }
}
