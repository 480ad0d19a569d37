package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingListener;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A model and two languages, as small as they can be: what tests of methods that adapt share.
public final class TinyTransfer {
    public static final LabelSet LABELS = new LabelSet(List.of("a", "b", "c"));

    private final Path folder;
    private int trainings;

    public TinyTransfer(Path folder) {
        this.folder = folder;
    }

    /// Always the same one.
    public static Model model(Head head) {
        EncoderConfig config = new EncoderConfig(EncoderFamily.BERT, 60, 32, 2, 2, 64, 16, 2, 1e-12, 0, 0.1, 0.1);
        return Model.fresh(
                Encoder.fresh(config, RandomStream.of(5, "encoder")),
                new ClassifierHead(head, false),
                LABELS,
                "{}",
                RandomStream.of(5, "head"));
    }

    /// Twenty short texts; the second word gives the label away.
    public static List<Item> source() {
        return texts(20, 5, i -> i % 3);
    }

    /// Sixteen texts of other words, most of them of the last class.
    public static List<Item> target() {
        return texts(16, 30, i -> i % 4 == 0 ? 0 : 2);
    }

    private static List<Item> texts(int count, int from, java.util.function.IntUnaryOperator label) {
        RandomStream random = RandomStream.of(9, "items", from);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int[] ids = IntStream.range(0, 4 + i % 5)
                            .map(at -> from + random.nextInt(25))
                            .toArray();
                    ids[1] = from + label.applyAsInt(i);
                    return new Item(i, ids, new int[ids.length], new int[] {0}, 0, new int[] {label.applyAsInt(i)});
                })
                .toList();
    }

    /// The same texts with a label for each of the first three words.
    public static List<Item> words(List<Item> texts) {
        return texts.stream()
                .map(item -> new Item(
                        item.example(),
                        item.ids(),
                        item.types(),
                        new int[] {0, 1, 2},
                        0,
                        IntStream.range(0, 3).map(at -> item.ids()[at] % 3).toArray()))
                .toList();
    }

    /// @param updated told of every update that is done
    public void train(Method method, Consumer<Long> updated) {
        train(method, "checkpoint" + trainings++, new Watching(Long.MAX_VALUE, (update, _) -> updated.accept(update)));
    }

    /// The loss of every update, up to one after which the training is stopped. The next training of the same name goes
    /// on from there.
    public List<Double> losses(Method method, String name, long stopAfter) {
        List<Double> losses = new ArrayList<>();
        try {
            train(method, name, new Watching(stopAfter, (_, loss) -> losses.add(loss)));
        } catch (Stopped asked) {
            assertThat(losses).isNotEmpty();
        }
        return losses;
    }

    private void train(Method method, String name, TrainingListener listener) {
        new Training(method, null, new Checkpoints(folder.resolve(name)), Duration.ofHours(1), 0, listener).run();
    }

    /// All weights, encoder and head.
    public static float[] weights(Model model) {
        float[] all = new float[0];
        for (var tensor : model.trainable().values()) {
            float[] own = tensor.toFloats();
            int at = all.length;
            all = java.util.Arrays.copyOf(all, at + own.length);
            System.arraycopy(own, 0, all, at, own.length);
        }
        return all;
    }

    private static final class Watching implements TrainingListener {
        private final long stopAfter;
        private final BiConsumer<Long, Double> then;
        private long seen;

        Watching(long stopAfter, BiConsumer<Long, Double> then) {
            this.stopAfter = stopAfter;
            this.then = then;
        }

        @Override
        public void resumed(long update) {}

        @Override
        public void updated(long update, long of, double newest) {
            seen = update;
            then.accept(update, newest);
        }

        @Override
        public void read(long examples, long tokens) {}

        @Override
        public void curve(long update, Map<String, Double> values) {}

        @Override
        public boolean stopRequested() {
            return seen == stopAfter;
        }
    }
}
