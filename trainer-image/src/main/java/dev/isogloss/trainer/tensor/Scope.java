package dev.isogloss.trainer.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Owns every tensor made while it is the innermost open scope of its thread, and frees them all when it closes.
/// The object on which an operator is called plays no part: `parameter.plus(x)` belongs to the scope, not to the
/// parameter.
///
/// ```java
/// try (Scope update = Scope.open()) {
///     Tensor loss = …
/// } // every intermediate result is gone; libtorch has its memory back
/// ```
public final class Scope implements AutoCloseable {

    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

    private final Thread thread = Thread.currentThread();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private boolean closed;

    private Scope() {}

    public static Scope open() {
        Scope scope = new Scope();
        OPEN.get().push(scope);
        return scope;
    }

    /// @throws IllegalStateException if this thread has no open scope: a tensor without an owner would never be freed
    /// The one tensor of a computation that is still needed after it: all others are freed.
    public static Tensor result(Supplier<Tensor> computation) {
        Scope outer = innermost();
        try (Scope _ = open()) {
            return computation.get().keep(outer);
        }
    }

    static Scope innermost() {
        Scope scope = OPEN.get().peek();
        if (scope == null) {
            throw new IllegalStateException("no Scope is open on this thread; a tensor made now would never be freed."
                    + " Put the computation into try (Scope scope = Scope.open()) { ... }");
        }
        return scope;
    }

    static List<Scope> openOnThisThread() {
        return List.copyOf(OPEN.get());
    }

    Tensor own(long handle) {
        Tensor tensor = new Tensor(handle);
        adopt(tensor);
        return tensor;
    }

    void adopt(Tensor tensor) {
        if (closed) {
            throw new IllegalStateException("this Scope is closed and can own nothing");
        }
        tensors.add(tensor);
        tensor.ownedBy(this);
    }

    /// The number of tensors that would be freed now.
    public int size() {
        return (int) tensors.stream().filter(tensor -> tensor.isOwnedBy(this)).count();
    }

    void remember(Cut cut) {
        cuts.add(cut);
    }

    /// In the order in which they were computed.
    List<Cut> cuts() {
        return cuts;
    }

    /// @throws IllegalStateException on another thread than the opening one, or while an inner scope is still open
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException("a Scope is closed by the thread that opened it, " + thread.getName());
        }
        Deque<Scope> open = OPEN.get();
        if (open.peek() != this) {
            throw new IllegalStateException("an inner Scope is still open; close scopes in reverse order");
        }
        open.pop();
        closed = true;
        for (Tensor tensor : tensors) {
            if (tensor.isOwnedBy(this)) {
                tensor.free();
            }
        }
        tensors.clear();
    }
}
