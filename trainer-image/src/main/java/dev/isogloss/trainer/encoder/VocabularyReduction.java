package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;

/// A word table reduced to the rows that can occur. A row that no batch reads has gradient 0 for ever, so AdamW
/// leaves its m and v at 0 and only shrinks it, by 1 − ηλ per update, or not at all where nothing decays: training
/// the other rows alone, and shrinking these by the product at the end, is the same training with a small part of the
/// optimiser's memory and work. Norms of gradients are the same, too: zeros add nothing.
public final class VocabularyReduction {

    private final Tensor full;
    private final int[] kept;
    private final int[] places;
    private double shrunk = 1;

    /// @param full [v, h], which from now on belongs to this object's scope
    VocabularyReduction(Tensor full, BitSet used) {
        this.full = full;
        this.kept = used.stream().toArray();
        this.places = new int[Math.toIntExact(full.size(0))];
        Arrays.fill(places, -1);
        for (int i = 0; i < kept.length; i++) {
            places[kept[i]] = i;
        }
    }

    /// How many rows are left.
    public int rows() {
        return kept.length;
    }

    /// To be called once per update if words decay, with what the decay multiplies every weight with: 1 − ηλ.
    public void decayed(double factor) {
        shrunk *= factor;
    }

    /// The product of all factors so far, to be saved with a checkpoint.
    public double shrunk() {
        return shrunk;
    }

    /// Goes on from a checkpoint.
    public void restore(double shrunkSoFar) {
        shrunk = shrunkSoFar;
    }

    /// The row that an id of the full vocabulary has now.
    long place(long id) {
        int place = places[Math.toIntExact(id)];
        if (place < 0) {
            throw new IllegalStateException(
                    "token %d was not among the ids the word table was reduced to".formatted(id));
        }
        return place;
    }

    Tensor index() {
        return Tensor.of(Arrays.stream(kept).asLongStream().toArray(), kept.length);
    }

    /// The table as training the whole of it would have left it.
    ///
    /// @param shrunk what rows nobody read were multiplied with, Π(1 − ηλ); 1 if words do not decay
    Tensor expanded(Tensor rows, double shrunk) {
        Tensor table = shrunk == 1 ? full.copy() : full.times(shrunk);
        try (Scope _ = Scope.open()) {
            table.assignRows(index(), rows);
        }
        return table;
    }
}
