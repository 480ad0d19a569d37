package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.task.TaskType;
import org.jspecify.annotations.Nullable;

/// A reader of one format of files.
interface DataFormatReader {

    /// Reads every example of the file. Whatever is wrong is an [InvalidInput] that names file and line.
    void read(Lines lines, ExampleSink rows);

    /// @param language the language asked for: some files hold several
    /// @throws InvalidInput if a file of this format cannot hold what the task needs
    static DataFormatReader of(DataFormat format, @Nullable Fields fields, TaskType task, String language) {
        boolean tagging = task.labelsWords();
        boolean pair = task.readsPairs();
        boolean parsing = task.labelsTrees();
        Fields named = fields != null ? fields : new Fields("text", pair ? "text2" : null, "label", "id");
        DataFormatReader fitting =
                switch (format) {
                    case JsonLines -> parsing ? null : new JsonLinesFormat(named, task, language);
                    case TabSeparated -> {
                        if (tagging) yield new TaggedFormat(true, task);
                        yield parsing ? null : TableFormat.tabSeparated(named, pair);
                    }
                    case Xnli -> pair ? TableFormat.xnli(language) : null;
                    case PawsX -> pair ? TableFormat.pawsX() : null;
                    case WikiAnn -> tagging ? new TaggedFormat(true, task) : null;
                    case Conll -> tagging ? new TaggedFormat(false, task) : null;
                    case ConllU -> parsing || tagging && !task.labelsSpans() ? new ConllUFormat(parsing) : null;
                    case Marc -> task.labelsTexts() && !pair ? new MarcFormat(fields, language) : null;
                };
        if (fitting != null) return fitting;
        throw new InvalidInput(
                "Files of format %s hold no examples for the task %s. %s".formatted(format, task, fitting(format)));
    }

    private static String fitting(DataFormat format) {
        return switch (format) {
            case JsonLines, TabSeparated -> "For DependencyParsing write format: ConllU.";
            case Xnli, PawsX -> "They go with task type SequencePairClassification.";
            case WikiAnn, Conll -> "They go with task types NamedEntityRecognition and PartOfSpeechTagging.";
            case ConllU -> "They go with task types PartOfSpeechTagging and DependencyParsing.";
            case Marc -> "They go with task type SequenceClassification.";
        };
    }
}
