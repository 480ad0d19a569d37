package dev.isogloss.result;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The exit code of a command or of a step's container, its meaning, and the reaction of Kubernetes.
public enum ExitCode {
    Done(0, Retry.None, "done"),
    Failed(1, Retry.Counted, "something failed that may pass: network, full disk, a crash"),
    InvalidInput(2, Retry.Never, "the manifest, the data or the command are wrong; the message says what to change"),
    OutOfDeviceMemory(3, Retry.Never, "out of memory on the device; the message says what to lower"),
    /// EX_TEMPFAIL of sysexits.h.
    LockedElsewhere(75, Retry.Uncounted, "another process runs the step; its result can be read later"),
    /// 128 + SIGTERM, as if the signal had ended it.
    Stopped(143, Retry.Uncounted, "told to stop; a checkpoint is written");

    /// The reaction of a cluster to a container that ended with the code.
    public enum Retry {
        None,
        /// Another pod, which counts as one of `runtime.retries`.
        Counted,
        /// Another pod, as if this one had not been.
        Uncounted,
        /// The Job fails at once: it would fail the same way however often it is tried.
        Never
    }

    private final int code;
    private final Retry retry;
    private final String meaning;

    ExitCode(int code, Retry retry, String meaning) {
        this.code = code;
        this.retry = retry;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public Retry retry() {
        return retry;
    }

    public String meaning() {
        return meaning;
    }

    /// Empty for a code that the trainer does not choose: of a signal, or of the virtual machine.
    public static Optional<ExitCode> of(@Nullable Integer code) {
        return Arrays.stream(values())
                .filter(each -> code != null && each.code == code)
                .findFirst();
    }

    public static Integer[] codes(Retry retry) {
        return Arrays.stream(values())
                .filter(each -> each.retry == retry)
                .map(ExitCode::code)
                .toArray(Integer[]::new);
    }
}
