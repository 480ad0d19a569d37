package dev.isogloss.trainer.pseudolabel;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/// A draw of the labels that a model hands on: Yu & Joty, 2021, Algorithm 1, lines 9 to 14, and section 4.2.
///
///     C  =  { x ∈ U : c(x) > t }          c(x) = the highest probability the model gives x
///     S  =  an even draw from C, |S| = min(⌊n·fraction⌋, |C|)
///     U  ←  U ∖ S
///
/// U is the pool without what this model handed on before; t the threshold, which c must exceed; n the number of
/// labelled examples, the same in every round. Classes are not balanced.
/// Paper: line 9 writes C over all of U although U shrinks; read so, an example would be handed on twice. Here C is
/// taken from what is left.
///
/// Examples are offered one by one in the pool's order, so that only places are held in memory.
public final class ConfidentDraw {
    private final double threshold;
    private final Set<ExampleName> taken;
    private int[] candidates = new int[1024];
    private int confident;
    private int offered;
    private int left;

    /// @param threshold t, 0 to 1
    /// @param taken     what the model handed on in earlier rounds
    public ConfidentDraw(double threshold, Set<ExampleName> taken) {
        this.threshold = threshold;
        this.taken = taken;
    }

    /// @throws InvalidInput if it is no number: a model that has diverged must not choose what others learn
    public static void requireNumber(ExampleName name, double confidence) {
        if (!Double.isFinite(confidence))
            throw new InvalidInput(
                    ("The confidence of example \"%s\" of language \"%s\" is %s: the model that labelled it"
                                    + " has diverged. Lower its learningRate, or set optimiser.clipNorm to 1.")
                            .formatted(name.id(), name.language(), confidence));
    }

    /// @param confidence c(x)
    /// @throws InvalidInput if it is no number
    public void offer(ExampleName name, double confidence) {
        requireNumber(name, confidence);
        int position = offered++;
        if (taken.contains(name)) return;
        left++;
        if (!(confidence > threshold)) return;
        if (confident == candidates.length) candidates = Arrays.copyOf(candidates, 2 * confident);
        candidates[confident++] = position;
    }

    /// Examples of the pool that were not handed on before: |U|.
    public int left() {
        return left;
    }

    /// Those of them that are trusted: the size of C.
    public int confident() {
        return confident;
    }

    /// S as places in the order of offering.
    ///
    /// @param most   ⌊n·fraction⌋
    /// @param stream of this model and round
    public BitSet draw(int most, RandomStream stream) {
        BitSet drawn = new BitSet();
        if (confident <= most) {
            for (int i = 0; i < confident; i++) drawn.set(candidates[i]);
            return drawn;
        }
        int[] order = stream.permutation(confident);
        for (int i = 0; i < most; i++) drawn.set(candidates[order[i]]);
        return drawn;
    }

    /// ⌊n·fraction⌋; a third of 6 is 2, although no double is a third.
    public static int most(long labelled, double fraction) {
        return Math.toIntExact((long) Math.floor(labelled * fraction + 1e-9));
    }
}
