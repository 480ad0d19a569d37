package dev.isogloss.trainer.task;

import java.util.Arrays;

/// The words of a batch of sentences, side by side behind a root each, as a parser reads them. Place 0 of a sentence is
/// the root, place i its i-th word; shorter sentences are filled up with their root.
///
/// @param sentences how many
/// @param width     places of the longest, its root included
/// @param words     how many words each has
/// @param tokens    [sentences · width]: the row of each place's token in the batch; a root's is the first token
/// @param labelled  the flat index of every word with a known arc
/// @param arcs      the arcs of these
record TreeBatch(int sentences, int width, int[] words, long[] tokens, long[] labelled, Arc[] arcs) {

    /// @param labels how many relations there are
    static TreeBatch of(Batch batch, int labels) {
        int[] words = batch.predictions();
        int width = 1 + Arrays.stream(words).max().orElse(0);
        long[] tokens = new long[words.length * width];
        long[] labelled = new long[batch.rows().length];
        Arc[] arcs = new Arc[batch.rows().length];
        long[] starts = batch.tokens().starts();
        int known = 0;
        int next = 0;
        for (int row = 0; row < words.length; row++) {
            int root = row * width;
            Arrays.fill(tokens, root, root + width, starts[row]);
            for (int word = 1; word <= words[row]; word++, next++) {
                tokens[root + word] = batch.rows()[next];
                if (batch.targets()[next] == Item.UNLABELLED) continue;
                labelled[known] = root + word;
                arcs[known++] = Arc.of(batch.targets()[next], labels);
            }
        }
        return new TreeBatch(
                words.length, width, words, tokens, Arrays.copyOf(labelled, known), Arrays.copyOf(arcs, known));
    }

    /// The flat index of the heads of the labelled words.
    long[] heads() {
        long[] heads = new long[arcs.length];
        for (int i = 0; i < heads.length; i++) heads[i] = labelled[i] / width * width + arcs[i].head();
        return heads;
    }

    /// [sentences · width · width]: 0 where the column can be the head of the row, `forbidden` where it is no word of
    /// the sentence or the row itself.
    ///
    /// @param rooted whether the root can be a head
    float[] mask(float forbidden, boolean rooted) {
        float[] mask = new float[sentences * width * width];
        for (int row = 0; row < sentences; row++)
            for (int i = 0; i < width; i++) {
                int from = (row * width + i) * width;
                Arrays.fill(mask, from + words[row] + 1, from + width, forbidden);
                if (!rooted) mask[from] = forbidden;
                mask[from + i] = forbidden;
            }
        return mask;
    }
}
