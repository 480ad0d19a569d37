package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.figure.MarkupText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The part of a report's page that says what an experiment's numbers rest on: steps, files, versions.
final class ProvenanceTables {
    private final StringBuilder out;

    ProvenanceTables(StringBuilder out) {
        this.out = out;
    }

    /// The folders are those of the machine that it is run on.
    private static String claims(ReportedExperiment experiment) {
        return experiment.spec().findValuesAsText("claim").stream()
                .filter(claim -> !claim.equals("null"))
                .distinct()
                .sorted()
                .map(" --claim %s=FOLDER"::formatted)
                .collect(Collectors.joining());
    }

    void of(ReportedExperiment experiment) {
        List<PlannedStep> done = experiment.plan().steps().stream()
                .filter(step -> experiment.results().containsKey(step.key()))
                .toList();
        out.append("<details>\n<summary>Where these numbers come from</summary>\n");
        out.append("<p>Again: <code>isogloss run %s%s</code>. One step: <code>isogloss store show KEY</code>.</p>\n"
                .formatted(text(experiment.file()), text(claims(experiment))));
        out.append("<div class=\"table\"><table class=\"steps\">\n<thead><tr><th>step</th><th>key</th><th>reads</th>")
                .append("<th>scores</th><th>ended</th></tr></thead>\n<tbody>\n");
        for (PlannedStep step : done) {
            StepResult result = Objects.requireNonNull(experiment.results().get(step.key()));
            out.append("<tr><th>%s</th><td><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                    .formatted(
                            text(step.title()),
                            step.key(),
                            step.inputs().stream()
                                    .map(StepKey::brief)
                                    .sorted()
                                    .map(key -> "<code>" + key + "</code>")
                                    .collect(Collectors.joining(" ")),
                            scores(result),
                            result.provenance().finished()));
        }
        out.append("</tbody>\n</table></div>\n");
        data(done, experiment.results());
        machines(done, experiment.results());
        out.append("</details>\n");
    }

    private static String scores(StepResult result) {
        return result.scores().stream()
                .map(score -> "%s %s %s %s"
                        .formatted(
                                text(score.language()), text(score.split()), score.metric(), Percent.of(score.value())))
                .collect(Collectors.joining("<br>"));
    }

    private void data(List<PlannedStep> done, Map<StepKey, StepResult> results) {
        Map<String, Set<String>> files = new TreeMap<>();
        for (PlannedStep step : done)
            provenance(step, results).data().forEach((file, sha256) -> files.computeIfAbsent(
                            file, _ -> new LinkedHashSet<>())
                    .add(sha256));
        if (files.isEmpty()) return;
        out.append(
                        "<div class=\"table\"><table class=\"steps\">\n<thead><tr><th>file that was read</th><th>SHA-256</th>")
                .append("</tr></thead>\n<tbody>\n");
        files.forEach((file, digests) -> out.append("<tr><th>%s</th><td><code>%s</code></td></tr>\n"
                .formatted(text(file), text(String.join(" ", digests)))));
        out.append("</tbody>\n</table></div>\n");
    }

    private void machines(List<PlannedStep> done, Map<StepKey, StepResult> results) {
        Set<String> machines = new LinkedHashSet<>();
        for (PlannedStep step : done) {
            Provenance provenance = provenance(step, results);
            machines.add(new TreeMap<>(provenance.software())
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        machines.forEach(machine -> out.append("<p>With ").append(text(machine)).append(".</p>\n"));
    }

    private static Provenance provenance(PlannedStep step, Map<StepKey, StepResult> results) {
        return Objects.requireNonNull(results.get(step.key())).provenance();
    }

    private static String text(String text) {
        return MarkupText.of(text);
    }
}
