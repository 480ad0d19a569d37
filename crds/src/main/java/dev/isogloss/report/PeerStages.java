package dev.isogloss.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EvaluateStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The stages of models whose mean stands for one model: those of tri-training, which begin with a warm-up each and
/// differ by chance. Models of other strategies differ by their encoders, and have no mean.
///
/// @param stages the models' stages by the name of their mean: `models es`, `models es warm-up`
public record PeerStages(Map<String, List<String>> stages) {

    public static PeerStages of(Plan plan) {
        boolean warmUps =
                plan.steps().stream().flatMap(step -> step.rounds().stream()).anyMatch(round -> round.number() == 0);
        if (!warmUps) return new PeerStages(Map.of());
        Map<String, List<String>> stages = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps())
            if (step.spec() instanceof EvaluateStep) for (Round round : step.rounds()) add(stages, round);
        return new PeerStages(stages);
    }

    private static void add(Map<String, List<String>> stages, Round round) {
        if (round.number() > 0 && !round.isFinal()) return;
        Round all = new Round(Round.MODELS, round.target(), round.number(), round.isFinal());
        List<String> members = stages.computeIfAbsent(all.stage(), _ -> new ArrayList<>());
        if (!members.contains(round.stage())) members.add(round.stage());
    }

    /// Puts each mean behind the last of its models.
    List<String> ordered(List<String> all) {
        List<String> singles =
                all.stream().filter(stage -> !stages.containsKey(stage)).toList();
        return singles.stream()
                .flatMap(stage -> Stream.concat(
                        Stream.of(stage),
                        stages.entrySet().stream()
                                .filter(mean -> mean.getValue().getLast().equals(stage))
                                .map(Map.Entry::getKey)))
                .toList();
    }
}
