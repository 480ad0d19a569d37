package dev.isogloss.trainer.augment;

import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The places that the copies of one text change: consecutive chunks of a random order of its words, so that copies
/// differ as long as there are words left (Bari et al., ACL 2021, section 3.2 and the authors' code). When the order is
/// at its end a new one begins.
///
/// Code: there, the list of places chosen so far is shuffled instead and the old order begins again, so that later
/// copies repeat earlier ones.
final class MaskPositions {
    private MaskPositions() {}

    /// The number of masks of a copy: ⌊n·share⌋, at least 1.
    static int masks(int words, double share) {
        return Math.max(1, (int) Math.floor(words * share + 1e-9));
    }

    /// @param places  those that may be chosen
    /// @param masks   places a copy, fewer where there are not so many
    /// @param copies  at most; one that chooses the places of an earlier one is left out
    /// @param purpose what the order depends on beside the seed: numbers of the text and its side
    /// @return the places of each copy in the order in which they are to be filled
    static List<int[]> draw(int[] places, int masks, int copies, long seed, long... purpose) {
        if (places.length == 0) return List.of();
        int size = Math.min(masks, places.length);
        List<int[]> chunks = new ArrayList<>();
        Set<List<Integer>> chosen = new HashSet<>();
        long[] pass = Arrays.copyOf(purpose, purpose.length + 1);
        int[] order = RandomStream.of(seed, "positions", pass).permutation(places.length);
        int next = 0;
        for (int copy = 0; copy < copies; copy++) {
            List<Integer> chunk = new ArrayList<>();
            while (chunk.size() < size) {
                if (next == order.length) {
                    pass[purpose.length]++;
                    order = RandomStream.of(seed, "positions", pass).permutation(places.length);
                    next = 0;
                }
                int place = places[order[next++]];
                if (!chunk.contains(place)) chunk.add(place);
            }
            if (chosen.add(chunk.stream().sorted().toList()))
                chunks.add(chunk.stream().mapToInt(Integer::intValue).toArray());
        }
        return chunks;
    }
}
