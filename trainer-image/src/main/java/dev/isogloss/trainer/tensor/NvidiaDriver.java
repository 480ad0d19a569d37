package dev.isogloss.trainer.tensor;

import dev.isogloss.api.InvalidInput;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/// The driver of NVIDIA's GPUs, which the node lays into the container. Asked before libtorch is, whose own words for a
/// node without one are those of a linker.
final class NvidiaDriver {

    private static final String ADVICE =
            "Ask for a GPU under runtime.resources (limits: {nvidia.com/gpu: 1}), on nodes whose default runtime is not"
                    + " NVIDIA's also name runtime.runtimeClassName: nvidia; or use the image without CUDA, or set"
                    + " ISOGLOSS_DEVICE=cpu.";

    private NvidiaDriver() {}

    /// @param library `libcuda.so.1`
    /// @throws InvalidInput if there is no driver, or it has no GPU for this process
    static void require(String library) {
        SymbolLookup driver;
        try {
            driver = SymbolLookup.libraryLookup(library, Arena.global()); // a driver that has begun is not unloaded
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("There is no NVIDIA driver here: %s cannot be loaded. ".formatted(library) + ADVICE);
        }
        int status = initialise(driver);
        if (status != 0)
            throw new InvalidInput(
                    "NVIDIA's driver has no GPU for this process (cuInit gives %d). ".formatted(status) + ADVICE);
    }

    private static int initialise(SymbolLookup driver) {
        var cuInit = Linker.nativeLinker()
                .downcallHandle(
                        driver.findOrThrow("cuInit"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            return (int) cuInit.invokeExact(0);
        } catch (Throwable e) {
            throw new IllegalStateException("cuInit", e);
        }
    }
}
