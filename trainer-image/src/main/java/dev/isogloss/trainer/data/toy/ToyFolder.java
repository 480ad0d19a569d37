package dev.isogloss.trainer.data.toy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.data.TextPair;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The invented languages as plain files, to look at and to try one's own manifests on:
///
///     text/<language>.txt                  raw texts, one a line
///     <language>/{train,dev,test}.jsonl    labelled texts
///     <language>/pairs.jsonl               translations from the source language
///     ner/<language>/{train,dev,test}.tsv  named entities, word TAB tag
///     pos/<language>/{train,dev,test}.tsv  parts of speech, word TAB tag
public final class ToyFolder {
    private static final List<String> SPLITS = List.of("train", "dev", "test");

    private ToyFolder() {}

    /// Writes everything below a folder, which is made if it is not there.
    public static void write(ToyLanguages toys, Path folder) throws IOException {
        for (String language : ToyLanguages.languages()) {
            lines(folder.resolve("text/" + language + ".txt"), toys.texts(language));
            List<TextPair> pairs = toys.pairs(language);
            if (!pairs.isEmpty())
                lines(
                        folder.resolve(language + "/pairs.jsonl"),
                        pairs.stream().map(ToyFolder::json).toList());
            for (String split : SPLITS) {
                lines(
                        folder.resolve(language + "/" + split + ".jsonl"),
                        toys.split(TaskType.SequenceClassification, language, split).examples().stream()
                                .map(ToyFolder::json)
                                .toList());
                lines(
                        folder.resolve("ner/" + language + "/" + split + ".tsv"),
                        tagged(toys.split(TaskType.NamedEntityRecognition, language, split)
                                .examples()));
                lines(
                        folder.resolve("pos/" + language + "/" + split + ".tsv"),
                        tagged(toys.split(TaskType.PartOfSpeechTagging, language, split)
                                .examples()));
            }
        }
    }

    private static String json(Example example) {
        if (!(example instanceof TextExample text)) throw new IllegalArgumentException(example + " is no text");
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("id", text.id())
                .put("text", text.text())
                .put("label", text.label());
        return object.toString();
    }

    private static String json(TextPair pair) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("source", pair.source())
                .put("target", pair.target())
                .toString();
    }

    private static List<String> tagged(List<Example> examples) {
        return examples.stream().map(ToyFolder::block).toList();
    }

    private static String block(Example example) {
        if (!(example instanceof TaggedExample sentence) || sentence.tags() == null)
            throw new IllegalArgumentException(example + " is not tagged");
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < sentence.words().size(); i++)
            block.append(sentence.words().get(i))
                    .append('\t')
                    .append(sentence.tags().get(i))
                    .append('\n');
        return block.toString();
    }

    private static void lines(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (String line : lines) out.append(line).append('\n');
        }
    }
}
