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
    private double decay = 1;

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

    /// The number of rows left.
    public int rows() {
        return kept.length;
    }

    /// Multiplies the words that no text read with what weight decay has left of them: 1 − ηλ for an update, or the
    /// product over several.
    public void applyDecay(double factor) {
        decay *= factor;
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
    Tensor expanded(Tensor rows) {
        Tensor table = decay == 1 ? full.copy() : full.times(decay);
        try (Scope _ = Scope.open()) {
            table.assignRows(index(), rows);
        }
        return table;
    }
}
