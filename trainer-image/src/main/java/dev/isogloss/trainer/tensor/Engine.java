package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import dev.isogloss.api.encoder.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The process's libtorch: started once, with one device and one number of threads. Results are the same bits for the
/// same device and number of threads.
public final class Engine {

    private static volatile boolean started;
    private static Device device = Device.CPU;

    private Engine() {}

    /// Loads libtorch. Called once, before the first tensor; who does not call it gets all cores and the process's
    /// own device, waiting passively.
    ///
    /// @param threads for one operator; 0 means as many as there are cores
    /// @param passiveWait whether idle threads of libtorch sleep instead of spinning. As fast on an idle machine,
    ///     and far faster where cores are shared or limited by a quota: spinning threads burn the quota that
    ///     working ones need
    public static synchronized void start(int threads, Device on, boolean passiveWait) {
        if (started) {
            requireSameAsBefore(threads, on);
            return;
        }
        if (on == Device.GPU) {
            NvidiaDriver.require(NvidiaDriver.LIBRARY);
            CublasWorkspace.announce();
        }
        if (passiveWait) {
            Libc.setEnvironment("OMP_WAIT_POLICY", "PASSIVE"); // read when libtorch's thread library is loaded
        }
        keepFewKernels();
        var _ = ai.djl.engine.Engine.getEngine("PyTorch");
        LibTorch.setThreads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        device = on;
        started = true;
        if (on == Device.GPU) {
            LibtorchContext.useDeterministicAlgorithms();
            CublasWorkspace.withdraw();
        }
    }

    /// oneDNN keeps a kernel for each of the last 1,024 shapes, and every one of them pins a piece of the heap between
    /// tensors that come and go: with batches of changing length the process grew to four times what it uses. Only
    /// products of matrices gain from kept kernels, where oneDNN is what multiplies.
    private static void keepFewKernels() {
        String variable = "ONEDNN_PRIMITIVE_CACHE_CAPACITY";
        if (System.getenv(variable) != null) return;
        List<String> processor = processor();
        boolean multiplies = Processors.haveMatrixUnits(processor) || Processors.multiplyByOneDnn(processor);
        Libc.setEnvironment(variable, multiplies ? "64" : "0");
    }

    static void startOnce() {
        if (!started) {
            start(0, Device.ofThisProcess(), true);
        }
    }

    private static void requireSameAsBefore(int threads, Device on) {
        if (on != device) {
            throw new IllegalStateException(
                    "the engine runs on %s already and cannot move to %s in the same process".formatted(device, on));
        }
        if (threads != 0) {
            LibTorch.setThreads(threads);
        }
    }

    public static Device device() {
        return device;
    }

    public static int threads() {
        startOnce();
        return LibTorch.threads();
    }

    /// Makes the C allocator keep what tensors free instead of giving it back to the system and fetching it again
    /// page by page. Encoders up to some fifty million weights gain up to a third of their time; larger ones, whose
    /// tensors exceed the allocator's limits anyway, lose, and must not call it. Lasts for the
    /// process.
    ///
    /// @return whether anything changed; only glibc can do it
    public static boolean keepFreedMemory() {
        return Libc.keepFreedMemory();
    }

    /// Gives the system back what the C allocator holds between tensors that came and went. Batches of ever new lengths
    /// leave holes that nothing fits into; a few dozen updates' holes cost less than fetching their pages again.
    public static void trimHeap() {
        Libc.trimHeap();
    }

    /// "cpu, 2 threads, AMD EPYC 9654" or "cuda:0, NVIDIA H100 80GB HBM3".
    public static String describeDevice() {
        startOnce();
        if (device == Device.GPU)
            return "%s, %s".formatted(device, NvidiaDriver.ofThisProcess().gpu());
        String model = processor().stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(System.getProperty("os.arch"));
        return "%s, %d threads, %s".formatted(device, threads(), model);
    }

    /// The version that says in what bfloat16 is multiplied here.
    public static final String BFLOAT16 = "bfloat16";

    /// Versions that results may depend on: engine, libtorch, JDK, device.
    public static Map<String, String> versions() {
        startOnce();
        Map<String, String> versions = new TreeMap<>();
        versions.put("libtorch", ai.djl.engine.Engine.getEngine("PyTorch").getVersion());
        versions.put("djl", ai.djl.engine.Engine.getDjlVersion());
        versions.put("jdk", Runtime.version().toString());
        versions.put("device", describeDevice());
        versions.put(BFLOAT16, "multiplied in " + precisionFor(Precision.BFloat16));
        return versions;
    }

    /// In what matrices are multiplied when `asked` for a precision: bfloat16 only where that is faster, which is the
    /// same on every machine of a kind. GPUs and CPUs with matrix units (AMX) gain, as do AMD's and ARM's with
    /// instructions for bfloat16; Intel's without matrix units list such instructions and take twice the time of
    /// float32. The environment variable ISOGLOSS_BFLOAT16=always has bfloat16 used everywhere.
    public static Precision precisionFor(Precision asked) {
        startOnce();
        return asked == Precision.BFloat16 && !Gain.FROM_BFLOAT16 ? Precision.Float32 : asked;
    }

    private static final class Gain {
        static final boolean FROM_BFLOAT16 = device == Device.GPU
                || "always".equals(System.getenv("ISOGLOSS_BFLOAT16"))
                || Processors.gainsFromBFloat16(processor());
        static final boolean OF_ONEDNN = device == Device.CPU && Processors.multiplyByOneDnn(processor());
    }

    /// Whether layers leave products in float32 to oneDNN, which is the same on every machine of a kind.
    static boolean multipliesByOneDnn() {
        return Gain.OF_ONEDNN;
    }

    /// The largest resident set of this process so far, in bytes; 0 where the system does not tell.
    public static long peakMemoryBytes() {
        return lines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static List<String> processor() {
        return lines(Path.of("/proc/cpuinfo"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
