package dev.isogloss.trainer.task;

import java.util.ArrayList;
import java.util.List;

/// Cuts a long sentence into windows the encoder can hold, so that every word is predicted exactly once.
///
/// Walk over the words; when the next one no longer fits, the window ends. The next window begins with the last half
/// window's sub-words as context that is read but not predicted (Wu et al. 2022's code, `dataset/tagging.py`).
final class Windows {
    private Windows() {}

    /// Words `contextFrom` to `to` are read, words `from` to `to` predicted; `to` excluded.
    record Window(int contextFrom, int from, int to) {}

    /// @param pieces how many sub-words each word has, ≥ 1
    /// @param budget sub-words a window may hold, special tokens left out, ≥ 1
    static List<Window> over(int[] pieces, int budget) {
        List<Window> windows = new ArrayList<>();
        int from = 0;
        while (from < pieces.length) {
            int contextFrom = from;
            int used = 0;
            while (contextFrom > 0
                    && used + pieces[contextFrom - 1] <= budget / 2
                    && used + pieces[contextFrom - 1] + Math.min(pieces[from], budget) <= budget)
                used += pieces[--contextFrom];
            int to = from;
            while (to < pieces.length && (to == from || used + pieces[to] <= budget)) used += pieces[to++];
            windows.add(new Window(contextFrom, from, to));
            from = to;
        }
        return windows;
    }
}
