package dev.isogloss.trainer.step.measure;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.report.Csv;
import dev.isogloss.trainer.analysis.FeatureDistances;
import dev.isogloss.trainer.analysis.LastFeatures;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/// The rows of `analysis/measures.csv`, a file that is written where further measures are asked for.
final class FurtherMeasures {
    private final boolean kernelMmd;
    private final boolean linearCka;
    private final StringBuilder rows = new StringBuilder("stage,language,split,pooling,measure,value\n");

    FurtherMeasures(AnalyseStep spec) {
        this.kernelMmd = spec.kernelMmd();
        this.linearCka = spec.linearCka();
    }

    boolean areAsked() {
        return kernelMmd || linearCka;
    }

    /// @throws InvalidInput if texts are to be aligned with translations, and one language has more of them
    void check(Split source, Split target) {
        if (!linearCka || source.size() == target.size()) return;
        throw new InvalidInput(
                ("analyse.linearCka: line i of a split must be the same text in every language, and split"
                                + " \"%s\" has %d examples in %s and %d in %s. Leave linearCka out, or analyse another split.")
                        .formatted(source.name(), source.size(), source.language(), target.size(), target.language()));
    }

    /// The rows of a stage's model, a language and a split.
    void add(String stage, String language, String split, LastFeatures source, LastFeatures target) {
        for (String pooling : target.rows().keySet()) {
            if (kernelMmd) {
                double value = FeatureDistances.kernelMmd(source, target, pooling);
                rows.append(Csv.line(stage, language, split, pooling, "KernelMmd", value));
            }
            if (linearCka) {
                double value = FeatureDistances.linearCka(source, target, pooling);
                rows.append(Csv.line(stage, language, split, pooling, "LinearCka", value));
            }
        }
    }

    void write(Path folder) throws IOException {
        if (areAsked()) AtomicFiles.write(folder.resolve("measures.csv"), rows.toString());
    }
}
