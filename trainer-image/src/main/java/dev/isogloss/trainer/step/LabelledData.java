package dev.isogloss.trainer.step;

import dev.isogloss.api.Generated;
import dev.isogloss.api.Location;
import dev.isogloss.api.TaskType;
import dev.isogloss.plan.DatasetIdentity;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.store.Identity;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The dataset of a step: reads splits, and has the store check that they are the bytes that others read under the same
/// name and version.
final class LabelledData {
    private final DatasetIdentity identity;
    private final TaskType task;
    private final StepContext context;
    private final Map<String, String> read = new TreeMap<>();

    LabelledData(DatasetIdentity identity, TaskType task, StepContext context) {
        this.identity = identity;
        this.task = task;
        this.context = context;
    }

    Split split(String language, String name) {
        Generated generated = identity.generated();
        Split split = generated == null
                ? fromFile(language, name)
                : ToyLanguages.of(generated).split(task, language, name);
        Map<String, String> file = Map.of(split.file().name(), split.file().sha256());
        // What generated data is made from is in the key already, so it has nothing else to be compared with.
        if (generated == null)
            context.store().identify(new Identity(Identity.Kind.DATASET, identity.name(), identity.version()), file);
        read.putAll(file);
        split.notes().forEach(context.progress()::note);
        return split;
    }

    /// SHA-256 by file of everything read so far.
    Map<String, String> read() {
        return read;
    }

    private Split fromFile(String language, String name) {
        @Nullable Location location = context.locations().data();
        if (location == null)
            throw new IllegalStateException(
                    "the plan reads dataset " + identity.name() + ", but says not where it lies");
        DataFiles files = new DataFiles(identity, location, context.locations().languages(), context.claims());
        Path file = files.file(language, name);
        return DatasetReader.read(identity, file, files.name(language, name), language, name, task);
    }
}
