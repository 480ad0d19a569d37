package dev.isogloss.trainer.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// Settings of libtorch's global context that neither the engine nor TorchScript reaches, by their C++ names.
final class LibtorchContext {

    private final SymbolLookup libtorch;
    private final MemorySegment context;

    private LibtorchContext() {
        // Loaded already, so its name is enough: the system gives the same library again.
        libtorch = SymbolLookup.libraryLookup(System.mapLibraryName("torch_cpu"), Arena.global());
        try {
            context = (MemorySegment) function("_ZN2at13globalContextEv", FunctionDescriptor.of(ADDRESS))
                    .invokeExact();
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    /// The effect of `torch.use_deterministic_algorithms(True)`: GPUs add in one order where they have a choice,
    /// and an operator that has no such way is an error. Memory that is about to be written to is not filled
    /// beforehand, which that call also does by default.
    static void useDeterministicAlgorithms() {
        LibtorchContext libtorch = new LibtorchContext();
        libtorch.setDeterministicAlgorithms(true, false);
        libtorch.setDeterministicFill(false);
    }

    private void setDeterministicAlgorithms(boolean on, boolean warnOnly) {
        try {
            function(
                            "_ZN2at7Context26setDeterministicAlgorithmsEbb",
                            FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN, JAVA_BOOLEAN))
                    .invokeExact(context, on, warnOnly);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    private void setDeterministicFill(boolean on) {
        try {
            function(
                            "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb",
                            FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN))
                    .invokeExact(context, on);
        } catch (Throwable e) {
            throw Libc.asUnchecked(e);
        }
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(libtorch.findOrThrow(name), type);
    }
}
