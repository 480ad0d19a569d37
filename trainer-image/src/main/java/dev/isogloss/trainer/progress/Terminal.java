package dev.isogloss.trainer.progress;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The terminal that the standard error stream is connected to, if it is one. Java's own console speaks of standard
/// input and output only, and a table piped into a file should not take the display away.
public final class Terminal {
    private static final int STANDARD_ERROR = 2;
    private static final int USUAL_WIDTH = 80;
    private static final boolean MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    private static final long TIOCGWINSZ = MAC ? 0x40087468L : 0x5413L;

    private Terminal() {}

    /// True if the standard error stream is a terminal that understands cursor movements.
    public static boolean isLive() {
        String kind = System.getenv("TERM");
        if (kind == null || kind.isEmpty() || kind.equals("dumb") || C.ISATTY == null) return false;
        try {
            return (int) C.ISATTY.invokeExact(STANDARD_ERROR) == 1;
        } catch (Throwable cannotSay) {
            return false;
        }
    }

    /// The terminal's columns now; 80 if it does not say.
    public static int width() {
        if (C.IOCTL == null) return USUAL_WIDTH;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4); // rows, columns, and two in pixels
            int status = (int) C.IOCTL.invokeExact(STANDARD_ERROR, TIOCGWINSZ, size);
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return status == 0 && columns > 0 ? columns : USUAL_WIDTH;
        } catch (Throwable cannotSay) {
            return USUAL_WIDTH;
        }
    }

    /// Colours unless the user does not want them (https://no-color.org).
    public static TerminalStyle style() {
        String noColour = System.getenv("NO_COLOR");
        return new TerminalStyle(
                noColour == null || noColour.isEmpty(),
                System.err.charset().name().toUpperCase(Locale.ROOT).startsWith("UTF"));
    }

    /// The C library's functions, bound when a run first asks for them; null where there are none.
    private static final class C {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final @Nullable MethodHandle ISATTY = find("isatty", FunctionDescriptor.of(INT, INT));
        private static final @Nullable MethodHandle IOCTL = find(
                "ioctl",
                FunctionDescriptor.of(INT, INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));

        private static @Nullable MethodHandle find(
                String function, FunctionDescriptor signature, Linker.Option... options) {
            try {
                Linker linker = Linker.nativeLinker();
                return linker.defaultLookup()
                        .find(function)
                        .map(address -> linker.downcallHandle(address, signature, options))
                        .orElse(null);
            } catch (RuntimeException noNativeCalls) {
                return null;
            }
        }
    }
}
