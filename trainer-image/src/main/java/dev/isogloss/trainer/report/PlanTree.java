package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.why.PlanReasons;
import dev.isogloss.trainer.why.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A plan as a tree: each step hangs below the last of the steps that it reads, so that each appears once.
///
/// @param reasons why steps are not in the store; null where nobody asks
public record PlanTree(Plan plan, Store store, @Nullable PlanReasons reasons) {

    public List<String> lines() {
        Map<Optional<StepKey>, List<PlannedStep>> below = new HashMap<>();
        for (PlannedStep step : plan.steps())
            below.computeIfAbsent(lastInput(step), _ -> new ArrayList<>()).add(step);
        List<String> lines = new ArrayList<>();
        long done =
                plan.steps().stream().filter(step -> store.isDone(step.key())).count();
        lines.add("%s: %d steps, %d of them in the store %s"
                .formatted(plan.name(), plan.steps().size(), done, store.address()));
        WhyText why = reasons == null ? null : new WhyText(plan, reasons);
        grow(lines, below, Optional.empty(), "", why, store.stale());
        if (why != null) lines.addAll(why.causes());
        return lines;
    }

    private void grow(
            List<String> lines,
            Map<Optional<StepKey>, List<PlannedStep>> below,
            Optional<StepKey> parent,
            String indent,
            @Nullable WhyText why,
            Set<StepKey> stale) {
        List<PlannedStep> steps = below.getOrDefault(parent, List.of());
        for (PlannedStep step : steps) {
            boolean last = step == steps.getLast();
            lines.add("%s%s%s  %s  %s%s"
                    .formatted(
                            indent,
                            last ? "└─ " : "├─ ",
                            step.title(),
                            state(step, stale),
                            step.key().brief(),
                            why == null ? "" : why.note(step.key())));
            grow(lines, below, Optional.of(step.key()), indent + (last ? "   " : "│  "), why, stale);
        }
    }

    private String state(PlannedStep step, Set<StepKey> stale) {
        if (stale.contains(step.key())) return "↻ to run again, for what it reads was replaced";
        if (store.isDone(step.key())) return "✓ done";
        return store.locks().isRunning(step.key()) ? "▶ running" : "· to run";
    }

    private Optional<StepKey> lastInput(PlannedStep step) {
        List<StepKey> order = plan.steps().stream().map(PlannedStep::key).toList();
        return step.inputs().stream().max(Comparator.comparingInt(order::indexOf));
    }

    public String json() {
        ObjectNode root = StoreJson.MAPPER.createObjectNode();
        root.put("name", plan.name());
        root.put("store", store.address());
        if (reasons != null)
            root.putObject("lookedAt").put("finished", reasons.finished()).put("read", reasons.read());
        Set<StepKey> stale = store.stale();
        ArrayNode steps = root.putArray("steps");
        for (PlannedStep step : plan.steps()) {
            ObjectNode node = steps.addObject();
            node.put("key", step.key().hex());
            node.put("title", step.title());
            node.put("stage", step.stage());
            node.put("seed", step.seed());
            node.put("done", store.isDone(step.key()));
            if (stale.contains(step.key())) node.put("stale", true);
            ArrayNode inputs = node.putArray("inputs");
            step.inputs().stream().sorted().forEach(input -> inputs.add(input.hex()));
            Reason reason = reasons == null ? null : reasons.byStep().get(step.key());
            if (reason != null) node.set("why", WhyJson.of(reason));
            node.putRawValue("spec", new RawValue(CanonicalJson.of(step.spec())));
        }
        return root.toPrettyString();
    }
}
