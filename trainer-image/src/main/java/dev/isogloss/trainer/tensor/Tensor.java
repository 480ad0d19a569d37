package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A handle to a tensor of libtorch. It belongs to the innermost [Scope] that was open on the thread that made it and
/// is gone when that scope closes; [#keep] moves it further out. Operators never change their operands. Numbers are
/// float32 unless made from `long[]` (int64) or `double[]` (float64). While [GradMode] is on, every operator here
/// carries gradients, casts and copies included.
///
/// Axes may be negative, counted from the last. Operands of different shapes are stretched as NumPy does.
public final class Tensor extends Algebra {

    private static final ConcurrentHashMap<Double, Tensor> SCALARS = new ConcurrentHashMap<>();
    private static final int CACHED_SCALARS = 4096;

    private long handle;
    private @Nullable Scope owner;
    private long @Nullable [] shape;

    Tensor(long handle) {
        this.handle = handle;
    }

    // ---- making

    public static Tensor of(float[] values, long... shape) {
        requireCount(values.length, shape);
        return HostMemory.create(
                HostMemory.FLOAT32,
                Float.BYTES,
                shape,
                memory -> MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, 0, values.length));
    }

    public static Tensor of(double[] values, long... shape) {
        requireCount(values.length, shape);
        return HostMemory.create(
                HostMemory.FLOAT64,
                Double.BYTES,
                shape,
                memory -> MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_DOUBLE, 0, values.length));
    }

    public static Tensor of(long[] values, long... shape) {
        requireCount(values.length, shape);
        return HostMemory.create(
                HostMemory.INT64,
                Long.BYTES,
                shape,
                memory -> MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_LONG, 0, values.length));
    }

    /// float32 values copied from native memory, as a file's mapping gives it.
    public static Tensor of(MemorySegment floats, long... shape) {
        if (floats.byteSize() != HostMemory.count(shape) * Float.BYTES) {
            throw new IllegalArgumentException(
                    "%d bytes are not the values of shape %s".formatted(floats.byteSize(), Arrays.toString(shape)));
        }
        return HostMemory.create(HostMemory.FLOAT32, Float.BYTES, shape, memory -> memory.copyFrom(floats));
    }

    /// A number of shape [] that belongs to no scope: made once and kept.
    public static Tensor scalar(double value) {
        Tensor cached = SCALARS.get(value);
        if (cached != null) {
            return cached;
        }
        if (SCALARS.size() >= CACHED_SCALARS) {
            return full(value);
        }
        return SCALARS.computeIfAbsent(value, v -> new Tensor(Operators.single("full", new long[0], v, deviceName())));
    }

    public static Tensor zeros(long... shape) {
        return full(0, shape);
    }

    public static Tensor ones(long... shape) {
        return full(1, shape);
    }

    public static Tensor full(double value, long... shape) {
        return Operators.call("full", shape, value, deviceName());
    }

    /// 0, 1, ..., n - 1 as int64.
    public static Tensor arange(long n) {
        return Operators.call("arange", n, deviceName());
    }

    private static String deviceName() {
        return Engine.device().toString();
    }

    private static void requireCount(int length, long[] shape) {
        if (length != HostMemory.count(shape)) {
            throw new IllegalArgumentException(
                    "%d values do not fill the shape %s".formatted(length, Arrays.toString(shape)));
        }
    }

    // ---- shape

    public long[] shape() {
        if (shape == null) {
            shape = LibTorch.shape(handle());
        }
        return shape.clone();
    }

    public long size(int axis) {
        long[] sizes = shape();
        return sizes[axis < 0 ? axis + sizes.length : axis];
    }

    public int rank() {
        return shape().length;
    }

    public long count() {
        return HostMemory.count(shape());
    }

    // ---- gradients and memory

    /// The same values without their history.
    public Tensor detach() {
        return Operators.call("detach", this);
    }

    public Tensor copy() {
        return Operators.call("clone", this);
    }

    /// The same values, exactly; gradients that pass backwards come out times -λ.
    public Tensor reverseGradient(double lambda) {
        return Operators.call("reverse", this, lambda);
    }

    /// The same values without their history, as something gradients can be taken for.
    public Tensor asInput() {
        return Operators.call("leaf", this);
    }

    public boolean requiresGradient() {
        return Operators.ask("requires_gradient", this);
    }

    /// True if a recorded computation leads here, so that gradients can be followed further back.
    boolean isComputedFromWeights() {
        return Operators.ask("is_computed", this);
    }

    /// Writes other values of the same shape into this tensor; for weights and states, not inside a recorded
    /// computation.
    public void assign(Tensor values) {
        if (!Arrays.equals(shape(), values.shape())) {
            throw new IllegalArgumentException("values of shape %s do not fit a tensor of shape %s"
                    .formatted(Arrays.toString(values.shape()), Arrays.toString(shape())));
        }
        try (GradMode _ = GradMode.disabled()) {
            Operators.act("assign", this, values);
        }
    }

    /// Writes the rows of `values` [n, ..] at the places `index` [n] of the first axis.
    public void assignRows(Tensor index, Tensor values) {
        try (GradMode _ = GradMode.disabled()) {
            Operators.act("assign_rows", this, index, values);
        }
    }

    /// Lets this tensor live as long as an outer scope does.
    public Tensor keep(Scope outer) {
        if (owner == null) {
            throw new IllegalStateException("this tensor belongs to Parameters or is a constant; it needs no keeping");
        }
        outer.adopt(this);
        return this;
    }

    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(count())];
        read(memory -> MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length));
        return values;
    }

    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(count())];
        HostMemory.read(
                this,
                HostMemory.FLOAT64,
                Double.BYTES,
                memory -> MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length));
        return values;
    }

    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(count())];
        HostMemory.read(
                this,
                HostMemory.INT64,
                Long.BYTES,
                memory -> MemorySegment.copy(memory, ValueLayout.JAVA_LONG, 0, values, 0, values.length));
        return values;
    }

    /// @throws IllegalStateException if there is not exactly one element
    public double toDouble() {
        if (count() != 1) {
            throw new IllegalStateException(
                    "a tensor of shape %s is not one number".formatted(Arrays.toString(shape())));
        }
        return toDoubles()[0];
    }

    /// Shows the values as float32 in row-major order; the memory is valid during the call only.
    public void read(Consumer<MemorySegment> reader) {
        HostMemory.read(this, HostMemory.FLOAT32, Float.BYTES, reader);
    }

    @Override
    public String toString() {
        if (handle == 0) {
            return "Tensor(freed)";
        }
        return "Tensor" + Arrays.toString(shape()) + (count() <= 16 ? Arrays.toString(toDoubles()) : "");
    }

    long handle() {
        if (handle == 0) {
            throw new IllegalStateException(
                    "this tensor's Scope is closed; use keep(outer) for what has to outlive it");
        }
        return handle;
    }

    void ownedBy(@Nullable Scope scope) {
        owner = scope;
    }

    boolean isOwnedBy(Scope scope) {
        return owner == scope && handle != 0;
    }

    void free() {
        if (handle != 0) {
            LibTorch.freeTensor(handle);
            handle = 0;
        }
    }
}
