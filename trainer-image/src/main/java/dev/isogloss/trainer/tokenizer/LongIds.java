package dev.isogloss.trainer.tokenizer;

import java.util.Arrays;

/// Numbers keys in the order they are first seen: a hash table of longs without a box for each.
final class LongIds {
    private static final long EMPTY = Long.MIN_VALUE;

    private long[] keys;
    private int[] ids;
    private int size;

    LongIds(int expected) {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) << 2);
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        ids = new int[capacity];
    }

    int size() {
        return size;
    }

    /// The number of the key; a new key gets the next one.
    int add(long key) {
        int slot = slot(key);
        if (keys[slot] == key) return ids[slot];
        if (2 * (size + 1) > keys.length) {
            grow();
            slot = slot(key);
        }
        keys[slot] = key;
        ids[slot] = size;
        return size++;
    }

    /// The number of the key, or -1.
    int get(long key) {
        int slot = slot(key);
        return keys[slot] == key ? ids[slot] : -1;
    }

    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (keys[slot] != EMPTY && keys[slot] != key) slot = slot + 1 & mask;
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldIds = ids;
        keys = new long[2 * oldKeys.length];
        Arrays.fill(keys, EMPTY);
        ids = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] == EMPTY) continue;
            int slot = slot(oldKeys[i]);
            keys[slot] = oldKeys[i];
            ids[slot] = oldIds[i];
        }
    }
}
