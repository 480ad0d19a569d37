package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.plan.step.DatasetIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parts of the dataset that steps read, as their keys know them.
final class DatasetParts {
    private final ExperimentSettings spec;

    DatasetParts(ExperimentSettings spec) {
        this.spec = spec;
    }

    /// @throws InvalidInput if sentences are chosen by tags that the task does not have
    void checkSamples() {
        List<SplitSource> cuts = new ArrayList<>();
        if (spec.data().splits() != null) cuts.addAll(spec.data().splits().values());
        for (LanguageFiles files : spec.data().languagesOrNone())
            if (files.splits() != null) cuts.addAll(files.splits().values());
        if (!spec.task().type().labelsWords() && cuts.stream().anyMatch(cut -> cut.minOFraction() != null))
            throw new InvalidInput(
                    "spec.data: minOFraction counts words that are tagged O, and %s has none. Leave it out."
                            .formatted(spec.task().type()));
    }

    /// The dataset as far as these languages and splits of it are read: the cuts of others are no part of it.
    DatasetIdentity of(List<String> languages, List<String> splits) {
        Data data = spec.data();
        var generated = data.location().generated();
        Map<String, Map<String, SplitSource>> cuts = new TreeMap<>();
        keep(cuts, "", data.splits(), splits);
        for (LanguageFiles files : data.languagesOrNone())
            if (languages.contains(files.language())) keep(cuts, files.language(), files.splits(), splits);
        return new DatasetIdentity(
                data.name(),
                data.version(),
                generated == null ? data.format() : DataFormat.JsonLines,
                generated != null ? null : fields(data),
                cuts,
                generated);
    }

    /// Formats that name their fields have names for all that the task reads; the others have none.
    private @Nullable Fields fields(Data data) {
        boolean pair = spec.task().type().readsPairs();
        Fields fields = data.fields() != null ? data.fields() : new Fields("text", null, "label", "id");
        String second = fields.secondText() != null ? fields.secondText() : "text2";
        return switch (data.format()) {
            case JsonLines, TabSeparated ->
                new Fields(fields.text(), pair ? second : null, fields.label(), fields.id());
            case Xnli, PawsX, WikiAnn, Conll, ConllU -> null;
            case Marc -> data.fields();
        };
    }

    private static void keep(
            Map<String, Map<String, SplitSource>> cuts,
            String language,
            @Nullable Map<String, SplitSource> sources,
            List<String> splits) {
        if (sources == null) return;
        Map<String, SplitSource> kept = new TreeMap<>(sources);
        kept.keySet().retainAll(splits);
        if (!kept.isEmpty()) cuts.put(language, kept);
    }
}
