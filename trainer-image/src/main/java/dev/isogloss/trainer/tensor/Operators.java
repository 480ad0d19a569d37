package dev.isogloss.trainer.tensor;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.LibTorch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The operators of `operators.py`, `layers.py` and `layer_gradients.py`, made into a TorchScript archive here and
/// called by name. Every call prepares its thread first (no gradient recording unless asked for), translates libtorch's
/// errors, and hands results to the innermost open [Scope]; nothing else in the package touches a native call that
/// computes.
final class Operators {

    private static final Pattern DEFINITION = Pattern.compile("^def (\\w+)\\((.*)$");
    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(Operators::prepare);

    private Operators() {}

    private static final class Loaded {
        static final long MODULE =
                LibTorch.load(archive(source("operators.py") + source("layers.py") + source("layer_gradients.py")));
    }

    /// A call with one tensor as its result.
    static Tensor call(String operator, Object... arguments) {
        Scope scope = Scope.innermost();
        return scope.own(single(operator, arguments));
    }

    /// A call with a list of tensors as its result.
    static List<Tensor> callForMany(String operator, Object... arguments) {
        Scope scope = Scope.innermost();
        long box = run(operator, arguments);
        try {
            return Arrays.stream(LibTorch.openTensors(box)).mapToObj(scope::own).toList();
        } finally {
            LibTorch.freeBox(box);
        }
    }

    /// A call for its effect.
    static void act(String operator, Object... arguments) {
        LibTorch.freeBox(run(operator, arguments));
    }

    /// A call with a truth value as its result.
    static boolean ask(String operator, Object... arguments) {
        long box = run(operator, arguments);
        try {
            return LibTorch.openBoolean(box);
        } finally {
            LibTorch.freeBox(box);
        }
    }

    /// A call whose result no scope owns: the caller frees the handle.
    static long single(String operator, Object... arguments) {
        long box = run(operator, arguments);
        try {
            return LibTorch.openTensor(box);
        } finally {
            LibTorch.freeBox(box);
        }
    }

    static void prepareThread() {
        PREPARED.get();
    }

    private static boolean prepare() {
        Engine.startOnce();
        LibTorch.setGradMode(false);
        LibTorch.setGraphOptimiser(false);
        return true;
    }

    private static long run(String operator, Object... arguments) {
        prepareThread();
        long[] boxes = new long[arguments.length];
        int boxed = 0;
        try {
            for (; boxed < arguments.length; boxed++) {
                boxes[boxed] = box(arguments[boxed]);
            }
            return LibTorch.call(Loaded.MODULE, operator, boxes);
        } catch (EngineException e) {
            throw OutOfDeviceMemory.isMeantBy(e)
                    ? new OutOfDeviceMemory(operator, e)
                    : new IllegalStateException(operator + describe(arguments) + ": " + reason(e), e);
        } finally {
            for (int i = 0; i < boxed; i++) {
                LibTorch.freeBox(boxes[i]);
            }
        }
    }

    private static long box(Object argument) {
        return switch (argument) {
            case Tensor tensor -> LibTorch.boxTensor(tensor.handle());
            case List<?> tensors ->
                LibTorch.boxTensors(
                        tensors.stream().mapToLong(t -> ((Tensor) t).handle()).toArray());
            case long[] numbers -> LibTorch.box(numbers);
            case Integer number -> LibTorch.box(number.longValue());
            case Long number -> LibTorch.box(number.longValue());
            case Double number -> LibTorch.box(number.doubleValue());
            case Boolean flag -> LibTorch.box(flag.booleanValue());
            case String text -> LibTorch.box(text);
            default -> throw new IllegalArgumentException("no way to hand libtorch a " + argument.getClass());
        };
    }

    private static String describe(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(a -> a instanceof Tensor t
                        ? Arrays.toString(t.shape())
                        : a instanceof List<?> l ? l.size() + " tensors" : String.valueOf(a))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /// libtorch's messages end in a stack of its own frames, of no use to users.
    private static String reason(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .takeWhile(line -> !line.startsWith("frame #"))
                .filter(line -> !line.contains("Traceback of TorchScript"))
                .collect(Collectors.joining(" "));
    }

    private static String source(String name) {
        try (InputStream in = Operators.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Plain functions to the methods of one class, called with `self` as TorchScript wants it.
    private static String module(String functions) {
        String methods = functions
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> DEFINITION.matcher(line).replaceFirst("def $1(self: __torch__.Operators, $2"))
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
        return "class Operators(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n" + methods
                + "\n";
    }

    /// The archive that `torch.jit.save` would write for a module without weights: four stored entries, three
    /// constant.
    private static byte[] archive(String functions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, "code/__torch__.py", module(functions).getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", pickle(")"));
            store(zip, "data.pkl", pickle("c__torch__\nOperators\n)\u0081}(X\u0008\0\0\0training\u0088ub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A pickle of protocol 2 from its operation codes.
    private static byte[] pickle(String codes) {
        return ("\u0080\u0002" + codes + ".").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry("operators/" + name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
