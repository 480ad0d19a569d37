package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.why.FieldChange;
import dev.isogloss.trainer.why.PlanReasons;
import dev.isogloss.trainer.why.Reason;
import dev.isogloss.trainer.why.Reason.Changed;
import dev.isogloss.trainer.why.Reason.Follows;
import dev.isogloss.trainer.why.Reason.NothingAlike;
import dev.isogloss.trainer.why.Reason.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Why steps of a plan are to run, in words: a note for each step, and below the tree each cause once.
final class WhyText {
    private static final int FIELDS = 8;
    private static final int STEPS = 6;
    private static final int VALUE = 60;
    /// Of two long values what is the same at the beginning is left out, but for this much.
    private static final int BEFORE = 12;

    private static final Pattern KEY = Pattern.compile("\\b[0-9a-f]{64}\\b");

    private final PlanReasons reasons;
    private final Map<StepKey, PlannedStep> steps = new HashMap<>();
    private final Map<String, List<StepKey>> causes = new LinkedHashMap<>();
    private final Map<StepKey, Integer> numbers = new HashMap<>();

    WhyText(Plan plan, PlanReasons reasons) {
        this.reasons = reasons;
        plan.steps().forEach(step -> steps.put(step.key(), step));
        reasons.byStep().forEach((key, reason) -> {
            if (reason instanceof Follows) return;
            String cause = String.join("\n", cause(reason));
            causes.computeIfAbsent(cause, _ -> new ArrayList<>()).add(key);
            numbers.put(key, List.copyOf(causes.keySet()).indexOf(cause) + 1);
        });
    }

    /// What stands behind a step in the tree; empty for one that is done.
    String note(StepKey key) {
        return switch (reasons.byStep().get(key)) {
            case null -> "";
            case Follows follows -> "  " + follows(follows.roots());
            case Changed changed
            when !changed.follows().isEmpty() ->
                "  (%d), and %s".formatted(numbers.get(key), follows(changed.follows()));
            case Changed _, NothingAlike _, Unfinished _ -> "  (%d)".formatted(numbers.get(key));
        };
    }

    private String follows(List<StepKey> roots) {
        String first = title(roots.getFirst());
        return roots.size() == 1
                ? "follows from " + first
                : "follows from %s and %d more".formatted(first, roots.size() - 1);
    }

    private String title(StepKey key) {
        PlannedStep step = steps.get(key);
        return step == null ? key.brief() : step.title();
    }

    /// Empty where nothing is missing.
    List<String> causes() {
        List<String> lines = new ArrayList<>();
        if (reasons.byStep().isEmpty()) return lines;
        lines.add("");
        lines.add("Why, %s:".formatted(besideWhat()));
        int number = 0;
        for (var cause : causes.entrySet()) {
            String mark = "(%d) ".formatted(++number);
            for (String line : cause.getKey().split("\n", -1)) {
                lines.add(mark + line);
                mark = " ".repeat(mark.length());
            }
            members(mark + "  ", cause.getValue(), lines);
        }
        return lines;
    }

    private String besideWhat() {
        if (reasons.finished() == 0) return "the store holding no finished step";
        String steps = reasons.finished() == 1
                ? "the one finished step"
                : reasons.read() == reasons.finished()
                        ? "the %,d finished steps".formatted(reasons.finished())
                        : "the newest %,d of %,d finished steps".formatted(reasons.read(), reasons.finished());
        return "beside %s of the store (its value → the plan's)".formatted(steps);
    }

    private void members(String indent, List<StepKey> members, List<String> lines) {
        for (StepKey key : members.subList(0, Math.min(STEPS, members.size())))
            lines.add("%s%s  %s%s".formatted(indent, title(key), key.brief(), nearest(key)));
        if (members.size() > STEPS) lines.add("%sand %,d more".formatted(indent, members.size() - STEPS));
        long followers = followers(Set.copyOf(members));
        if (followers == 1) lines.add(indent + "1 step follows");
        if (followers > 1) lines.add("%s%,d steps follow".formatted(indent, followers));
    }

    private String nearest(StepKey key) {
        if (!(reasons.byStep().get(key) instanceof Changed changed)) return "";
        PlannedStep step = steps.get(changed.nearest());
        return ", nearest: " + (step == null ? changed.nearest().brief() : step.title());
    }

    private long followers(Set<StepKey> roots) {
        return reasons.byStep().values().stream()
                .filter(Follows.class::isInstance)
                .filter(reason -> ((Follows) reason).roots().stream().anyMatch(roots::contains))
                .count();
    }

    private List<String> cause(Reason reason) {
        return switch (reason) {
            case Changed changed -> changed(changed.changes());
            case NothingAlike(String kind, boolean ofKind) ->
                List.of(
                        ofKind
                                ? "nothing alike: no %s step of the store shares half of its fields".formatted(kind)
                                : "nothing alike: the store holds no finished %s step".formatted(kind));
            case Unfinished(boolean running, boolean checkpoint) ->
                List.of(
                        running
                                ? "a process is at it now"
                                : checkpoint
                                        ? "begun and not finished: it goes on from its checkpoint"
                                        : "begun and not finished");
            case Follows _ -> throw new IllegalArgumentException("what follows has no cause of its own");
        };
    }

    private List<String> changed(List<FieldChange> changes) {
        List<String> lines =
                changes.stream().limit(FIELDS).map(this::changed).collect(Collectors.toCollection(ArrayList::new));
        int others = changes.size() - FIELDS;
        if (others > 0) lines.add(others == 1 ? "and one field more" : "and %d fields more".formatted(others));
        return lines;
    }

    private String changed(FieldChange change) {
        List<String> values = shown(text(change.stored()), text(change.planned()));
        String line = "%s: %s → %s".formatted(Excerpt.of(change.field()), values.getFirst(), values.getLast());
        if (!change.isRevision() || change.stored() == null || change.planned() == null) return line;
        return change.planned().asInt() > change.stored().asInt()
                ? line + " (this program computes such steps otherwise than the older one that left it)"
                : line + " (a newer program left it, which computes such steps otherwise)";
    }

    private String text(@Nullable JsonNode value) {
        if (value == null) return "none";
        if (value.isTextual() && Store.isKey(value.textValue())) return title(new StepKey(value.textValue()));
        if (!value.isArray())
            return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : CanonicalJson.of(value);
        return StreamSupport.stream(value.spliterator(), false)
                .map(item -> item.isTextual() ? item.textValue() : CanonicalJson.of(item))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// Two values side by side: of long ones what sets them apart.
    private static List<String> shown(String one, String other) {
        String first = KEY.matcher(one).replaceAll("KEY"); // of seed after seed, which would hide that they are alike
        String second = KEY.matcher(other).replaceAll("KEY");
        if (first.length() <= VALUE && second.length() <= VALUE) return List.of(Excerpt.of(first), Excerpt.of(second));
        int same = 0;
        while (same < Math.min(first.length(), second.length()) && first.charAt(same) == second.charAt(same)) same++;
        int from = Math.max(0, same - BEFORE);
        return List.of(cut(first, from), cut(second, from));
    }

    private static String cut(String text, int from) {
        String rest = from == 0 ? text : "…" + text.substring(from);
        return Excerpt.of(rest.length() <= VALUE ? rest : rest.substring(0, VALUE) + "…");
    }
}
