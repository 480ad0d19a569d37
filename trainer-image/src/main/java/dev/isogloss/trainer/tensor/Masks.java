package dev.isogloss.trainer.tensor;

import dev.isogloss.trainer.random.RandomStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Consumer;

/// Arrays of two values, the second with a probability, chosen by a hash of (key, stream, counter). A stream is a text
/// of a batch, or a text's attention head; counters number what is in it whatever stands beside it, so that a value
/// depends neither on the width of a batch nor on how it is packed.
///
/// The hash of a counter i under the halves a, b of the stream's key is Wellons' lowbias32 with the second half added
/// midway:
///
///     h ← i·9e3779b9 + a;  h ← (h ⊕ h≫16)·7feb352d;  h ← (h ⊕ b ⊕ h≫15)·846ca68b;  h ← h ⊕ h≫16
///
/// Dropped if the upper 31 bits are below p·2³¹. Plain arithmetic on arrays of int, which the JVM's compiler turns
/// into vector instructions: the counters come from an array because it does not do so for the loop's own counter.
final class Masks {

    /// What the counters of two queries are apart: more than any text has tokens.
    static final int QUERY = 1 << 16;

    private static final int CHUNK = 8192;
    private static final int[] POSITIONS = new int[CHUNK];

    static {
        for (int i = 0; i < CHUNK; i++) {
            POSITIONS[i] = i;
        }
    }

    private Masks() {}

    /// Streams one after the other, `count` counters of each.
    static Tensor floats(long key, double probability, double survivor, int streams, int count, long... shape) {
        int[] counts = new int[streams];
        Arrays.fill(counts, count);
        return floats(key, probability, survivor, counts, shape);
    }

    /// @param counts of the streams' counters
    static Tensor floats(long key, double probability, double survivor, int[] counts, long... shape) {
        boolean even = Arrays.stream(counts).distinct().count() < 2;
        if (Engine.device() == Device.GPU && even) {
            int run = counts.length == 0 ? 0 : counts[0];
            return onGpu(new Choice(key, probability, survivor), run, run, 0, shape);
        }
        return onHost(new Choice(key, probability, survivor), POSITIONS, shape, out -> {
            for (int stream = 0; stream < counts.length; stream++) out.run(stream, counts[stream]);
        });
    }

    /// Factors of attention probabilities, [texts, heads, q, s].
    ///
    /// @param texts the numbers that these texts have in their batch
    static Tensor attention(
            long key, double probability, double survivor, int[] texts, int heads, int queries, int width) {
        long[] shape = {texts.length, heads, queries, width};
        Choice choice = new Choice(key, probability, survivor);
        if (Engine.device() == Device.GPU) return onGpu(choice, queries * width, width, QUERY, shape);
        int[] counters = new int[queries * width];
        for (int i = 0; i < counters.length; i++) counters[i] = i / width * QUERY + i % width;
        return onHost(choice, counters, shape, out -> {
            for (int text : texts)
                for (int head = 0; head < heads; head++) out.run(text * heads + head, counters.length);
        });
    }

    /// What is chosen, and how often.
    private record Choice(long key, int threshold, int survivor) {
        Choice(long key, double probability, double survivor) {
            this(key, (int) Math.round(probability * 0x1.0p31), Float.floatToRawIntBits((float) survivor));
        }
    }

    private static Tensor onHost(Choice choice, int[] counters, long[] shape, Consumer<Writer> runs) {
        return HostMemory.create(
                HostMemory.FLOAT32, Float.BYTES, shape, memory -> runs.accept(new Writer(choice, counters, memory)));
    }

    /// @param run    what belongs to one stream
    /// @param width  of a row within it
    /// @param stride what the counters of two rows are apart
    private static Tensor onGpu(Choice choice, int run, int width, int stride, long... shape) {
        Tensor mask = Operators.call(
                "empty_on", shape, HostMemory.FLOAT32, Engine.device().toString());
        int n = Math.toIntExact(HostMemory.count(shape));
        MaskKernel.choose(
                HostMemory.address(mask), n, choice.key, run, width, stride, choice.threshold, choice.survivor);
        return mask;
    }

    /// Runs of counters, written one behind the other.
    private static final class Writer {
        private final Choice choice;
        private final int[] counters;
        private final MemorySegment memory;
        private final int[] chosen;
        private long written;

        /// @param counters of a run, or of as much of one as is chosen at a time; further ones follow them
        Writer(Choice choice, int[] counters, MemorySegment memory) {
            this.choice = choice;
            this.counters = counters;
            this.memory = memory;
            this.chosen = new int[counters.length];
        }

        void run(int stream, int count) {
            long key = RandomStream.folded(choice.key, stream);
            for (int first = 0; first < count; first += counters.length) {
                int n = Math.min(count - first, counters.length);
                choose(chosen, counters, n, first, key, choice.threshold, choice.survivor);
                MemorySegment.copy(chosen, 0, memory, ValueLayout.JAVA_INT, written * Integer.BYTES, n);
                written += n;
            }
        }
    }

    /// out[i] = 0 if the hash of first + counters[i] is below the threshold, else survivor; for i below n. The compiler
    /// must see that nothing is written where it is read from: hence one i for both arrays.
    static void choose(int[] out, int[] counters, int n, int first, long key, int threshold, int survivor) {
        int offset = first * 0x9e3779b9 + (int) key;
        int second = (int) (key >>> 32);
        for (int i = 0; i < n; i++) {
            int h = counters[i] * 0x9e3779b9 + offset;
            h ^= h >>> 16;
            h *= 0x7feb352d;
            h ^= second ^ (h >>> 15);
            h *= 0x846ca68b;
            h ^= h >>> 16;
            out[i] = survivor & ~(((h >>> 1) - threshold) >> 31); // all ones where the difference is negative
        }
    }
}
