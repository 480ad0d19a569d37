package dev.isogloss.trainer.step;

import dev.isogloss.api.Generated;
import dev.isogloss.api.Location;
import dev.isogloss.api.SplitSource;
import dev.isogloss.api.TaskType;
import dev.isogloss.plan.DatasetIdentity;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Sample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.store.Identity;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dataset of a step: reads splits, and has the store check that they are the bytes that others read under the same
/// name and version.
final class LabelledData {
    private final DatasetIdentity identity;
    private final TaskType task;
    private final Workbench bench;

    LabelledData(DatasetIdentity identity, TaskType task, Workbench bench) {
        this.identity = identity;
        this.task = task;
        this.bench = bench;
    }

    /// Reads a split, and passes on what its reader noticed.
    Split split(String language, String name) {
        Split split = read(language, name);
        split.notes().forEach(note -> bench.noteOnce(split.file().name() + ": " + note));
        return split;
    }

    /// The same without a word, for a split that another step has read and spoken about.
    Split read(String language, String name) {
        Generated generated = identity.generated();
        Split split = generated == null ? fromFile(language, name) : fromGenerator(generated, language, name);
        SplitSource cut = DatasetReader.cut(identity, language, name).orElse(null);
        Split sample = Sample.of(split, cut);
        bench.read(
                generated == null ? new Identity(Identity.Kind.DATASET, identity.name(), identity.version()) : null,
                Map.of(split.file().name(), split.file().sha256()));
        if (cut != null && cut.isSampled()) achieved(sample);
        return sample;
    }

    /// How large the sample is, and what its prior came to, among the facts of the result.
    private void achieved(Split sample) {
        String where = sample.name() + "." + sample.language();
        bench.fact("sample." + where, sample.size());
        Map<String, Long> counts = LabelSet.count(sample);
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.forEach((label, count) -> bench.fact("prior." + where + "." + label, count / total));
    }

    private Split fromGenerator(Generated generated, String language, String name) {
        SplitSource cut = DatasetReader.cut(identity, language, name).orElse(null);
        if (cut == null) return ToyLanguages.of(generated).split(task, language, name);
        Split whole = ToyLanguages.of(generated).split(task, language, cut.file());
        return DatasetReader.cut(whole.named(name), cut);
    }

    private Split fromFile(String language, String name) {
        StepContext context = bench.context();
        @Nullable Location location = context.locations().data();
        if (location == null)
            throw new IllegalStateException(
                    "the plan reads dataset " + identity.name() + ", but says not where it lies");
        DataFiles files = new DataFiles(identity, location, context.locations().languages(), context.claims());
        Path file = files.file(language, name);
        return DatasetReader.read(identity, file, files.name(language, name), language, name, task);
    }
}
