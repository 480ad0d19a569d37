package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.data.Generated;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.Input;
import dev.isogloss.result.Fact;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Sample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.store.Identity;
import java.util.Map;
import java.util.function.Consumer;

/// The dataset of a step: reads splits, and has the store check that they are the bytes that others read under the same
/// name and version.
public final class LabelledData {
    private final DatasetIdentity identity;
    private final TaskType task;
    private final StepInputs inputs;

    public LabelledData(DatasetIdentity identity, TaskType task, StepInputs inputs) {
        this.identity = identity;
        this.task = task;
        this.inputs = inputs;
    }

    /// Reads a split, and passes on what its reader noticed.
    public Split split(String language, String name) {
        Split split = read(language, name);
        split.notes().forEach(note -> inputs.journal().noteOnce(split.file().name() + ": " + note));
        return split;
    }

    /// The same without a word, for a split that another step has read and spoken about.
    public Split read(String language, String name) {
        Split split = unspoken(language, name);
        if (identity.cut(language, name).filter(SplitSource::isSampled).isPresent()) achieved(split);
        return split;
    }

    /// The same, and nothing of it is among the facts of the result: a look at what another step learnt from.
    Split unspoken(String language, String name) {
        Generated generated = identity.generated();
        Split split = generated == null ? fromFile(language, name) : fromGenerator(generated, language, name);
        SplitSource cut = identity.cut(language, name).orElse(null);
        Split sample = Sample.of(split, cut);
        inputs.read(
                generated == null ? Identity.of(identity) : null,
                Map.of(split.file().name(), split.file().sha256()));
        return sample;
    }

    /// Records the size of the sample and its achieved prior among the facts of the result.
    private void achieved(Split sample) {
        String where = sample.name() + "." + sample.language();
        inputs.journal().fact(Fact.Sample, where, sample.size());
        Map<String, Long> counts = LabelSet.count(sample);
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.forEach((label, count) -> inputs.journal().fact(Fact.Prior, where + "." + label, count / total));
    }

    private Split fromGenerator(Generated generated, String language, String name) {
        SplitSource cut = identity.cut(language, name).orElse(null);
        if (cut == null) return ToyLanguages.of(generated).split(task, language, name);
        Split whole = ToyLanguages.of(generated).split(task, language, cut.file());
        return DatasetReader.cut(whole.named(name), cut);
    }

    /// Reads a split a piece at a time; see [DatasetReader#stream]. A sample is in memory whole, since it is drawn
    /// from all.
    public void stream(String language, String name, int piece, Consumer<Split> reader) {
        boolean sampled =
                identity.cut(language, name).filter(SplitSource::isSampled).isPresent();
        if (sampled || identity.generated() != null) {
            Split whole = read(language, name);
            for (int from = 0; from < whole.size(); from += piece)
                reader.accept(whole.slice(from, Math.min(whole.size(), from + piece)));
            return;
        }
        DataFiles files = files();
        Split read = DatasetReader.stream(
                identity, files.file(language, name), files.name(language, name), language, name, task, piece, reader);
        read.notes().forEach(note -> inputs.journal().noteOnce(read.file().name() + ": " + note));
        inputs.read(
                Identity.of(identity), Map.of(read.file().name(), read.file().sha256()));
    }

    private DataFiles files() {
        Location location = inputs.locations().inputs().get(Input.DATA);
        if (location == null)
            throw new IllegalStateException(
                    "the plan reads dataset " + identity.name() + ", but says not where it lies");
        return new DataFiles(identity, location, inputs.locations().languages(), inputs.claims());
    }

    private Split fromFile(String language, String name) {
        DataFiles files = files();
        InputFile file = files.file(language, name);
        return DatasetReader.read(identity, file, files.name(language, name), language, name, task);
    }
}
