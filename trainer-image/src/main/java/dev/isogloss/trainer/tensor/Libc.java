package dev.isogloss.trainer.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The calls of the C library that cannot be made from Java's own: libtorch's thread pool reads the environment of the
/// process, which Java can only copy, and the C allocator decides whether and when tensors' memory is returned to the
/// system.
final class Libc {

    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;
    private static final int LARGEST_MMAP_THRESHOLD = 32 << 20; // glibc refuses more

    private Libc() {}

    /// Sets a variable that native code will see; Java's System.getenv will not.
    static void setEnvironment(String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle setenv = find(
                    "setenv",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            int result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new IllegalStateException("setenv(" + name + ") failed");
            }
        } catch (Throwable e) {
            throw asUnchecked(e);
        }
    }

    /// Takes a variable out of what native code sees.
    static void unsetEnvironment(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle unsetenv = find("unsetenv", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            int result = (int) unsetenv.invokeExact(arena.allocateFrom(name));
            if (result != 0) {
                throw new IllegalStateException("unsetenv(" + name + ") failed");
            }
        } catch (Throwable e) {
            throw asUnchecked(e);
        }
    }

    /// @return false where the C library is not glibc; nothing is changed then
    static boolean keepFreedMemory() {
        if (lookup().find("mallopt").isEmpty()) {
            return false;
        }
        MethodHandle mallopt = find(
                "mallopt", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int mapped = (int) mallopt.invokeExact(MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD);
            int trimmed = (int) mallopt.invokeExact(TRIM_THRESHOLD, Integer.MAX_VALUE);
            return mapped == 1 && trimmed == 1;
        } catch (Throwable e) {
            throw asUnchecked(e);
        }
    }

    /// Does nothing where the C library is not glibc.
    static void trimHeap() {
        if (lookup().find("malloc_trim").isEmpty()) return;
        MethodHandle trim = find("malloc_trim", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        try {
            int _ = (int) trim.invokeExact(0L);
        } catch (Throwable e) {
            throw asUnchecked(e);
        }
    }

    private static SymbolLookup lookup() {
        return Linker.nativeLinker().defaultLookup();
    }

    private static MethodHandle find(String name, FunctionDescriptor type) {
        MemorySegment symbol =
                lookup().find(name).orElseThrow(() -> new IllegalStateException("no " + name + " in the C library"));
        return Linker.nativeLinker().downcallHandle(symbol, type);
    }

    static RuntimeException asUnchecked(Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
