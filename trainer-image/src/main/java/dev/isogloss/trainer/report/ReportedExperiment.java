package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.json.Json;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.report.Summary;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.Map;

/// An experiment or run under the name that it has in a report, with what its store holds.
///
/// @param file    that its manifest was read from, as it was given
/// @param name    of its files and its place in the page, which no other one of the report has
/// @param spec    as the manifest has it, defaults filled in
/// @param results of the steps that are done
public record ReportedExperiment(
        String file,
        String name,
        JsonNode spec,
        Plan plan,
        Store store,
        Map<StepKey, StepResult> results,
        Summary summary) {

    public static ReportedExperiment of(Path file, String name, PlannedManifest manifest, Store store) {
        JsonNode spec = Json.PLAIN.valueToTree(manifest.manifest().spec());
        return of(file.toString(), name, spec, manifest.plan(), store);
    }

    /// With the results that the store holds now.
    public static ReportedExperiment of(String file, String name, JsonNode spec, Plan plan, Store store) {
        Map<StepKey, StepResult> results = StoredResults.of(plan, store);
        return new ReportedExperiment(file, name, spec, plan, store, results, Summary.of(plan, results));
    }

    /// How many steps have no result yet.
    public long missing() {
        return plan.steps().stream()
                .filter(step -> !results.containsKey(step.key()))
                .count();
    }

    /// The task that is learnt and the data that it is learnt from, in words: experiments that share both can be seen
    /// side by side.
    String subject() {
        return "%s on %s"
                .formatted(
                        spec.path("task").path("type").asText(),
                        spec.path("data").path("name").asText());
    }
}
