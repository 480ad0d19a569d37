package dev.isogloss.plan;

import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The story of a run, a line for each thing that happened: when, what, to which step, and why.
final class Transcript {
    private final List<Line> lines = new ArrayList<>();
    private final Map<StepKey, String> titles = new HashMap<>();

    private String title = "";

    private record Line(int round, String word, String subject, String key, String because) {}

    /// Steps are told of by their titles in the plans that were ever wanted.
    void knows(Plan plan) {
        for (PlannedStep step : plan.steps()) titles.put(step.key(), step.title());
    }

    void begin(String headline) {
        title = headline;
    }

    void action(int round, Plan plan, Action action) {
        switch (action) {
            case Action.Start(var step, var because) -> step(round, "start", step.key(), because);
            case Action.Stop(var key, var because) -> step(round, "stop", key, because);
            case Action.Conclude(var verdict, var because) ->
                lines.add(new Line(round, "conclude", plan.name() + " " + verdict, "", because));
        }
    }

    void step(int round, String word, StepKey key, String because) {
        lines.add(new Line(round, word, titles.getOrDefault(key, "?"), key.brief(), because));
    }

    void happening(int round, String what) {
        lines.add(new Line(round, "*", what, "", ""));
    }

    @Override
    public String toString() {
        int width = lines.stream()
                .filter(line -> !line.because().isEmpty())
                .mapToInt(line -> line.subject().length())
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder(title).append("\n\n");
        for (Line line : lines)
            text.append(("%3d  %-8s  %-" + width + "s  %-12s  %s")
                            .formatted(line.round(), line.word(), line.subject(), line.key(), line.because())
                            .stripTrailing())
                    .append('\n');
        return text.toString();
    }
}
