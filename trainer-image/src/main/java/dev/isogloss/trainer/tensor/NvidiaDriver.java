package dev.isogloss.trainer.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.isogloss.api.InvalidInput;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// The driver of NVIDIA's GPUs, which the node lays into the container, and the first GPU it shows to this process.
/// Asked before libtorch is, whose own words for a node without one are those of a linker; later for what libtorch does
/// not offer: a kernel of our own, in the context and on the stream that libtorch uses.
final class NvidiaDriver {

    static final String LIBRARY = "libcuda.so.1";

    private static final int LONGEST_NAME = 256;
    private static final int WITHOUT_TIMES = 2; // CU_EVENT_DISABLE_TIMING
    private static final String ADVICE =
            "Ask for a GPU under runtime.resources (limits: {nvidia.com/gpu: 1}), on nodes whose default runtime is not"
                    + " NVIDIA's also name runtime.runtimeClassName: nvidia; or use the image without CUDA, or set"
                    + " ISOGLOSS_DEVICE=cpu.";

    private final SymbolLookup driver;
    private final int device;
    private final MemorySegment context;
    private final MethodHandle setContext;
    private final MethodHandle launch;
    private final MethodHandle createEvent;
    private final MethodHandle recordEvent;
    private final MethodHandle awaitEvent;
    private final MethodHandle destroyEvent;

    private NvidiaDriver(SymbolLookup driver) {
        this.driver = driver;
        setContext = function("cuCtxSetCurrent", ADDRESS);
        createEvent = function("cuEventCreate", ADDRESS, JAVA_INT);
        recordEvent = function("cuEventRecord", ADDRESS, ADDRESS);
        awaitEvent = function("cuEventSynchronize", ADDRESS);
        destroyEvent = function("cuEventDestroy_v2", ADDRESS);
        launch = function(
                "cuLaunchKernel",
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            check("cuDeviceGet", (int)
                    function("cuDeviceGet", ADDRESS, JAVA_INT).invokeExact(number, 0));
            device = number.get(JAVA_INT, 0);
            MemorySegment address = arena.allocate(ADDRESS);
            check("cuDevicePrimaryCtxRetain", (int)
                    function("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT).invokeExact(address, device));
            context = address.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    private static final class Loaded {
        static final NvidiaDriver DRIVER = new NvidiaDriver(require(LIBRARY));
    }

    /// @throws InvalidInput if there is no driver, or it has no GPU for this process
    static NvidiaDriver ofThisProcess() {
        return Loaded.DRIVER;
    }

    /// @param library `libcuda.so.1`
    /// @throws InvalidInput if there is no driver, or it has no GPU for this process
    static SymbolLookup require(String library) {
        SymbolLookup driver;
        try {
            driver = SymbolLookup.libraryLookup(library, Arena.global()); // a driver that has begun is not unloaded
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("There is no NVIDIA driver here: %s cannot be loaded. ".formatted(library) + ADVICE);
        }
        int status;
        try {
            status = (int) function(driver, "cuInit", JAVA_INT).invokeExact(0);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
        if (status != 0)
            throw new InvalidInput(
                    "NVIDIA's driver has no GPU for this process (cuInit gives %d). ".formatted(status) + ADVICE);
        return driver;
    }

    /// "NVIDIA H100 80GB HBM3".
    String gpu() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(LONGEST_NAME);
            check("cuDeviceGetName", (int)
                    function("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT).invokeExact(name, LONGEST_NAME, device));
            return name.getString(0);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    /// The GPU's memory that no process has taken.
    long freeBytes() {
        try (Arena arena = Arena.ofConfined()) {
            makeCurrent();
            MemorySegment free = arena.allocate(JAVA_LONG);
            MemorySegment all = arena.allocate(JAVA_LONG);
            check("cuMemGetInfo", (int)
                    function("cuMemGetInfo_v2", ADDRESS, ADDRESS).invokeExact(free, all));
            return free.get(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    /// @param ptx text in NVIDIA's portable assembly, which the driver compiles for its GPU
    /// @return what [#launch] takes
    MemorySegment kernel(byte[] ptx, String name) {
        try (Arena arena = Arena.ofConfined()) {
            makeCurrent();
            MemorySegment text = arena.allocate(ptx.length + 1L); // ends in a zero
            MemorySegment.copy(ptx, 0, text, JAVA_BYTE, 0, ptx.length);
            MemorySegment module = arena.allocate(ADDRESS);
            check("cuModuleLoadData", (int)
                    function("cuModuleLoadData", ADDRESS, ADDRESS).invokeExact(module, text));
            MemorySegment kernel = arena.allocate(ADDRESS);
            check("cuModuleGetFunction", (int) function("cuModuleGetFunction", ADDRESS, ADDRESS, ADDRESS)
                    .invokeExact(kernel, module.get(ADDRESS, 0), arena.allocateFrom(name, StandardCharsets.US_ASCII)));
            return kernel.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    /// Puts a kernel behind all that libtorch has been asked for so far and ahead of what it will be asked for: both
    /// use the GPU's first stream.
    ///
    /// @param parameters where each of the kernel's parameters lies
    void launch(MemorySegment kernel, int blocks, int threads, MemorySegment parameters) {
        try {
            makeCurrent();
            MemorySegment none = MemorySegment.NULL;
            check("cuLaunchKernel", (int)
                    launch.invokeExact(kernel, blocks, 1, 1, threads, 1, 1, 0, none, parameters, none));
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    /// An event behind all that libtorch has been asked for so far.
    MemorySegment recordEvent() {
        try (Arena arena = Arena.ofConfined()) {
            makeCurrent();
            MemorySegment address = arena.allocate(ADDRESS);
            check("cuEventCreate", (int) createEvent.invokeExact(address, WITHOUT_TIMES));
            MemorySegment event = address.get(ADDRESS, 0);
            check("cuEventRecord", (int) recordEvent.invokeExact(event, MemorySegment.NULL));
            return event;
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    void awaitEvent(MemorySegment event) {
        try {
            makeCurrent();
            check("cuEventSynchronize", (int) awaitEvent.invokeExact(event));
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    void destroyEvent(MemorySegment event) {
        try {
            makeCurrent();
            check("cuEventDestroy", (int) destroyEvent.invokeExact(event));
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    /// libtorch computes in the device's first context, but a thread that has asked it for nothing yet is in none.
    private void makeCurrent() throws Throwable {
        check("cuCtxSetCurrent", (int) setContext.invokeExact(context));
    }

    private MethodHandle function(String name, MemoryLayout... parameters) {
        return function(driver, name, parameters);
    }

    private static MethodHandle function(SymbolLookup driver, String name, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(driver.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private static void check(String call, int status) {
        if (status != 0) throw new IllegalStateException("NVIDIA's driver: %s gives %d".formatted(call, status));
    }
}
