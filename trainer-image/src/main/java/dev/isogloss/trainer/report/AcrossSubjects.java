package dev.isogloss.trainer.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Experiments side by side, of one task and one data set each: scores of others do not belong in one picture.
final class AcrossSubjects {
    private AcrossSubjects() {}

    /// Those that show something, by what they share; what only one of them has is left out.
    ///
    /// @param shows whether an experiment has anything to show
    static Map<String, List<ReportedExperiment>> of(
            List<ReportedExperiment> experiments, Predicate<ReportedExperiment> shows) {
        Map<String, List<ReportedExperiment>> subjects = new LinkedHashMap<>();
        for (ReportedExperiment experiment : experiments)
            if (shows.test(experiment))
                subjects.computeIfAbsent(experiment.subject(), _ -> new ArrayList<>())
                        .add(experiment);
        subjects.values().removeIf(their -> their.size() < 2);
        return subjects;
    }
}
