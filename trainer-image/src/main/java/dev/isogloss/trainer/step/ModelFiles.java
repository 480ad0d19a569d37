package dev.isogloss.trainer.step;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Parser;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.HeadKind;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.files.WholeText;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.BiaffineHead;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.TaskHead;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `model/` of a step: what `transformers` opens, and beside it which head stands on the encoder.
public final class ModelFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "isogloss.json";
    private static final int LONGEST_HEAD = 16 << 20;

    private ModelFiles() {}

    public static void write(Path folder, Model model) throws IOException {
        AtomicFiles.folder(folder, part -> {
            ModelFolder.write(
                    part,
                    model.encoder(),
                    switch (model.head().type()) {
                        case Pooled -> HeadKind.SequenceClassification;
                        case Token -> HeadKind.TokenClassification;
                        // transformers has no class for it; the encoder opens, the head's weights are there to be read.
                        case FirstToken, Biaffine -> HeadKind.None;
                    },
                    model.headWeights().byName(),
                    model.labels().labels(),
                    model.tokenizer());
            Files.writeString(part.resolve(HEAD), JSON.writeValueAsString(new HeadFile(model)));
        });
    }

    /// The model that a pretraining leaves: the encoder and its head for words.
    public static void writeEncoder(Path folder, Encoder encoder, String tokenizer) throws IOException {
        AtomicFiles.folder(
                folder,
                part -> ModelFolder.write(part, encoder, HeadKind.MaskedLanguageModel, Map.of(), List.of(), tokenizer));
    }

    /// @param kind        what the head reads
    /// @param variational whether a sentence's tokens share a dropout mask
    /// @param labels      in the order of the logits
    /// @param parser      of a tree's head; null for others
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record HeadFile(
            Head kind,
            boolean variational,
            List<String> labels,
            @Nullable Parser parser) {
        HeadFile(Model model) {
            this(
                    model.head().type(),
                    model.head().variational(),
                    model.labels().labels(),
                    switch (model.head()) {
                        case ClassifierHead _ -> null;
                        case BiaffineHead biaffine -> biaffine.parser();
                    });
        }
    }

    /// A model that a training step left.
    ///
    /// @throws InvalidInput if a file of it is a link: steps write none, and one may lead to what this process
    ///     alone can read
    public static Model read(Path folder) {
        refuseLinks(folder);
        try (Scope scope = Scope.open()) {
            InputFolder files = InputFolder.closed(folder);
            ModelFolder read = ModelFolder.read(files);
            HeadFile file = JSON.readValue(WholeText.of(files.file(HEAD), LONGEST_HEAD), HeadFile.class);
            Parameters head = new Parameters();
            read.headWeights().forEach(head::put);
            return new Model(
                    read.encoder(),
                    TaskHead.of(file.kind(), file.variational(), file.parser()),
                    head,
                    new LabelSet(file.labels()),
                    ModelFolder.tokenizerJson(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseLinks(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isSymbolicLink).findFirst().ifPresent(link -> {
                throw new InvalidInput(
                        "%s is a link, and no step leaves links. Remove the folder %s, and the step runs again."
                                .formatted(link, folder.getParent()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The encoder of any folder, without its head.
    public static OpenedEncoder encoder(InputFolder folder, Consumer<String> note) {
        try (Scope scope = Scope.open()) {
            ModelFolder read = ModelFolder.readEncoder(folder);
            read.notes().forEach(note);
            return new OpenedEncoder(read.encoder(), ModelFolder.tokenizerJson(folder));
        }
    }

    /// The model of a step whose head fits: the same kind of head over the same labels.
    public static Optional<Model> readFitting(Path folder, TaskHead head, LabelSet labels) {
        if (!Files.exists(folder.resolve(HEAD))) return Optional.empty();
        Model model = read(folder);
        if (model.head().equals(head) && model.labels().equals(labels)) return Optional.of(model);
        model.close();
        return Optional.empty();
    }
}
