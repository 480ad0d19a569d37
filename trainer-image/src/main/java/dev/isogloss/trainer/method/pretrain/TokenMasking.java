package dev.isogloss.trainer.method.pretrain;

import dev.isogloss.api.method.Masking;
import dev.isogloss.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;

/// The masking of masked-language modelling (Devlin et al., NAACL 2019, §3.1): a fraction of the
/// tokens is chosen; of these, most become the mask token, some a random token, the rest stay as they are. With
/// whole words, all pieces of a chosen word are chosen.
///
/// @param maskId       the mask token
/// @param vocabulary   size of the vocabulary, from which random tokens are drawn
/// @param special      ids that are never hidden nor drawn
/// @param continuation ids that continue the word before them
public record TokenMasking(Masking settings, int maskId, int vocabulary, BitSet special, BitSet continuation) {

    /// @param ids       what the encoder sees
    /// @param positions where it must guess, ascending; never empty unless all tokens are special
    /// @param targets   what stood there
    public record Masked(int[] ids, int[] positions, int[] targets) {}

    public Masked apply(int[] ids, RandomStream random) {
        boolean[] chosen = choose(ids, random);
        int[] seen = ids.clone();
        int[] positions = new int[ids.length];
        int[] targets = new int[ids.length];
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (!chosen[i]) continue;
            positions[n] = i;
            targets[n++] = ids[i];
            double fate = random.nextDouble();
            if (fate < settings.replacedByMask()) seen[i] = maskId;
            else if (fate < settings.replacedByMask() + settings.replacedByRandom()) seen[i] = ordinary(random);
        }
        return new Masked(seen, Arrays.copyOf(positions, n), Arrays.copyOf(targets, n));
    }

    private boolean[] choose(int[] ids, RandomStream random) {
        boolean[] chosen = new boolean[ids.length];
        boolean any = false;
        boolean word = false;
        int candidates = 0;
        for (int i = 0; i < ids.length; i++) {
            if (special.get(ids[i])) continue;
            candidates++;
            boolean continues = settings.wholeWord() && continuation.get(ids[i]) && i > 0 && !special.get(ids[i - 1]);
            if (!continues) word = random.nextDouble() < settings.fraction();
            chosen[i] = word;
            any |= word;
        }
        // A sequence in which nothing was chosen would teach nothing: hide one token of it.
        if (!any && candidates > 0) chosen[nthOrdinary(ids, random.nextInt(candidates))] = true;
        return chosen;
    }

    private int nthOrdinary(int[] ids, int n) {
        int seen = 0;
        for (int i = 0; i < ids.length; i++) if (!special.get(ids[i]) && seen++ == n) return i;
        throw new IllegalArgumentException("fewer than " + (n + 1) + " ordinary tokens");
    }

    private int ordinary(RandomStream random) {
        while (true) {
            int id = random.nextInt(vocabulary);
            if (!special.get(id)) return id;
        }
    }
}
