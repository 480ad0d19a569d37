package dev.isogloss.result;

import dev.isogloss.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/// A model's labels of a few texts of a pool, small enough for a step's result: two of them tell how often the models
/// agree, without the pool and without either model.
///
/// The texts kept are those whose names have the smallest hashes, the same for all models of a pool; of each,
/// eight bits of a hash of name and labels. Of the texts on which models differ, one in 256 is taken for agreement.
/// Beyond that the share is exact for pools of up to [#MOST] texts, and right to ±1.6 points (one
/// standard error, at worst) for larger ones.
public final class LabelSketch {
    static final int MOST = 1000;
    private static final int EIGHT_BITS = 0xff;

    private final PriorityQueue<Labelled> kept = new PriorityQueue<>(
            Comparator.comparing(Labelled::name, Long::compareUnsigned).reversed());

    private record Labelled(long name, byte said) {}

    /// @param labels of the text's units
    public void add(String language, String id, List<String> labels) {
        String name = language + "\n" + id;
        long hash = hash(name);
        if (kept.size() == MOST && Long.compareUnsigned(hash, kept.element().name()) >= 0) return;
        kept.add(new Labelled(hash, (byte) hash(name + "\n" + String.join("\n", labels))));
        if (kept.size() > MOST) kept.remove();
    }

    private static long hash(String text) {
        byte[] digest = Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) hash = hash << Byte.SIZE | digest[i] & EIGHT_BITS;
        return hash;
    }

    /// A byte a text in base64, by the hashes of the names; empty before anything was added.
    public String text() {
        Labelled[] sorted = kept.toArray(Labelled[]::new);
        Arrays.sort(sorted, Comparator.comparing(Labelled::name, Long::compareUnsigned));
        byte[] said = new byte[sorted.length];
        for (int i = 0; i < said.length; i++) said[i] = sorted[i].said();
        return Base64.getEncoder().encodeToString(said);
    }

    /// The share of the texts of which both say the same.
    ///
    /// @return empty if these are not labelSketch of one pool
    public static OptionalDouble agreement(String one, String other) {
        byte[] a = said(one);
        byte[] b = said(other);
        if (a.length == 0 || a.length != b.length) return OptionalDouble.empty();
        int same = 0;
        for (int i = 0; i < a.length; i++) if (a[i] == b[i]) same++;
        return OptionalDouble.of((double) same / a.length);
    }

    private static byte[] said(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException noSketch) {
            return new byte[0];
        }
    }
}
