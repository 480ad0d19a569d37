package dev.isogloss.trainer.step.inputs;

import java.util.Arrays;

/// The names of a pool's examples as 64 bits each, to find one that occurs twice: a million take 8 MB. Two different
/// names fall on the same bits once in 37 million pools of a million.
public final class DuplicateIds {
    private long[] hashes = new long[1024];
    private int size;

    public void add(String name) {
        if (size == hashes.length) hashes = Arrays.copyOf(hashes, 2 * size);
        hashes[size++] = hash(name);
    }

    public int size() {
        return size;
    }

    /// The place of the first name that was there before, or -1.
    public int firstTwice() {
        long[] sorted = Arrays.copyOf(hashes, size);
        Arrays.sort(sorted);
        for (int i = 1; i < size; i++) if (sorted[i] == sorted[i - 1]) return second(sorted[i]);
        return -1;
    }

    private int second(long hash) {
        int seen = 0;
        for (int i = 0; i < size; i++) if (hashes[i] == hash && ++seen == 2) return i;
        throw new AssertionError();
    }

    /// FNV-1a over UTF-16, finished as SplitMix64 does.
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
