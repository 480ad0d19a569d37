package dev.isogloss.trainer.step;

import dev.isogloss.trainer.task.Item;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Items as bytes: numbers of seven bits a byte, the lowest first; positions, which ascend, as differences. A token
/// takes two to three bytes and one for its segment.
final class ItemCodec {
    private ItemCodec() {}

    static byte[] bytes(List<Item> items) {
        Writer out = new Writer();
        out.number(items.size());
        for (Item item : items) {
            out.number(item.example());
            out.number(item.first());
            out.numbers(item.ids());
            out.numbers(item.types());
            out.numbers(differences(item.positions()));
            int[] targets = item.targets().clone();
            for (int i = 0; i < targets.length; i++) targets[i] -= Item.UNLABELLED;
            out.numbers(targets);
        }
        return out.bytes.toByteArray();
    }

    /// @throws RuntimeException if these are not the bytes of items
    static List<Item> items(ByteBuffer in) {
        int size = number(in);
        List<Item> items = new ArrayList<>(size);
        for (int n = 0; n < size; n++) {
            int example = number(in);
            int first = number(in);
            int[] ids = numbers(in);
            int[] types = numbers(in);
            int[] positions = numbers(in);
            for (int i = 1; i < positions.length; i++) positions[i] += positions[i - 1];
            int[] targets = numbers(in);
            for (int i = 0; i < targets.length; i++) targets[i] += Item.UNLABELLED;
            items.add(new Item(example, ids, types, positions, first, targets));
        }
        if (in.hasRemaining()) throw new IllegalArgumentException("%d bytes too many".formatted(in.remaining()));
        return List.copyOf(items);
    }

    private static int[] differences(int[] ascending) {
        int[] differences = ascending.clone();
        for (int i = 1; i < differences.length; i++) differences[i] -= ascending[i - 1];
        return differences;
    }

    private static int number(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
    }

    private static int[] numbers(ByteBuffer in) {
        int[] values = new int[number(in)];
        for (int i = 0; i < values.length; i++) values[i] = number(in);
        return values;
    }

    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void number(int value) {
            for (; (value & ~0x7f) != 0; value >>>= 7) bytes.write(value | 0x80);
            bytes.write(value);
        }

        void numbers(int[] values) {
            number(values.length);
            for (int value : values) number(value);
        }
    }
}
