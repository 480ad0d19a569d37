package dev.isogloss.trainer.augment;

import dev.isogloss.api.method.MaskedLanguageModelAugmentation.Fill;
import dev.isogloss.trainer.tensor.Tensor;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.Set;

/// The pieces that may stand for a mask, in four rows: words between spaces or characters without, and each of them for
/// any word or for one with a letter or a digit.
final class Candidates {
    private static final float NEVER = -1e30f; // added to a score
    private static final int ROWS = 4;

    private final float[] rows;
    private final int vocabulary;

    /// @param vocabulary the number of words that the encoder scores; there may be more of them than the tokenizer has
    Candidates(Tokenizer tokenizer, int vocabulary, Fill fill) {
        this.vocabulary = vocabulary;
        rows = new float[ROWS * vocabulary];
        Set<Integer> special = tokenizer.specialIds();
        for (int id = 0; id < vocabulary; id++) {
            String text = tokenizer.text(id);
            boolean piece = !special.contains(id) && !text.isBlank();
            boolean lettered = text.codePoints().anyMatch(Character::isLetterOrDigit);
            for (int row = 0; row < ROWS; row++) {
                boolean fits = piece && (row % 2 == 0 || lettered) && fits(tokenizer, id, row < 2, fill);
                if (!fits) rows[row * vocabulary + id] = NEVER;
            }
        }
    }

    private static boolean fits(Tokenizer tokenizer, int id, boolean spaced, Fill fill) {
        return switch (fill) {
            case AnyPiece -> true;
            case WordStarts ->
                spaced ? !tokenizer.continuesWord(id) : tokenizer.text(id).equals(tokenizer.token(id));
        };
    }

    /// [4, v]: 0 for a piece that may be written, a very negative number for all others.
    Tensor scores() {
        return Tensor.of(rows, ROWS, vocabulary);
    }

    int row(boolean spaced, boolean lettered) {
        return (spaced ? 0 : 2) + (lettered ? 1 : 0);
    }
}
