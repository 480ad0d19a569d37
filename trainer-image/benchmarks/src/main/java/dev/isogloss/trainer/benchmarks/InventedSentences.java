package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.data.Generated;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.HeadKind;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Tagged sentences of an invented language, and a masked language model of random weights that reads it.
final class InventedSentences {
    static final String LANGUAGE = ToyLanguages.source();
    private static final ToyLanguages TOYS = ToyLanguages.of(new Generated(2000, 1, 2000, 0, 1));

    private InventedSentences() {}

    /// Two thousand of them.
    static List<TaggedExample> all() {
        return TOYS.split(TaskType.NamedEntityRecognition, LANGUAGE, "train").examples().stream()
                .map(TaggedExample.class::cast)
                .toList();
    }

    /// A file in columns of so many sentences: all of them over and over.
    static void write(Path file, int sentences) throws IOException {
        List<TaggedExample> all = all();
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < sentences; i++) {
                TaggedExample sentence = all.get(i % all.size());
                List<String> tags = Objects.requireNonNull(sentence.tags());
                for (int word = 0; word < sentence.words().size(); word++)
                    out.write(sentence.words().get(word) + " " + tags.get(word) + "\n");
                out.write('\n');
            }
        }
    }

    /// An encoder's folder, as Python opens it.
    static void writeEncoder(Shape shape, Path folder) throws IOException {
        String tokenizer =
                WordPieceTrainer.train(TOYS.texts(LANGUAGE), shape.config().vocabularySize(), false, _ -> {});
        try (Encoder encoder = Encoder.fresh(shape.config(), RandomStream.of(1, "encoder"))) {
            ModelFolder.write(folder, encoder, HeadKind.MaskedLanguageModel, Map.of(), List.of(), tokenizer);
        }
    }
}
