package dev.isogloss.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The numbers of a run's rounds one by one, for figures: what `Rounds` shows as means over seeds, and every score of
/// every round.
public final class RoundMeasures {
    /// The first line of the CSV.
    public static final String HEADER = "run,model,target,seed,round,measure,language,split,value\n";

    private final Plan plan;
    private final Map<StepKey, StepResult> results;
    private final List<RoundMeasure> measures = new ArrayList<>();

    private RoundMeasures(Plan plan, Map<StepKey, StepResult> results) {
        this.plan = plan;
        this.results = results;
    }

    /// By round, then in the models' order, then by seed.
    ///
    /// @param results of the steps that are done
    public static List<RoundMeasure> of(Plan plan, Map<StepKey, StepResult> results) {
        RoundMeasures all = new RoundMeasures(plan, results);
        Map<Round, List<PlannedStep>> rounds = Rounds.steps(plan);
        rounds.keySet().stream()
                .sorted(Comparator.comparingInt(Round::number))
                .forEach(round -> all.add(round, rounds));
        return List.copyOf(all.measures);
    }

    /// One number a line, in full.
    public static String csv(Plan plan, Map<StepKey, StepResult> results) {
        StringBuilder lines = new StringBuilder();
        for (RoundMeasure each : of(plan, results))
            lines.append(Csv.line(
                    plan.name(),
                    each.model(),
                    each.target(),
                    each.seed(),
                    each.round(),
                    each.measure(),
                    each.language(),
                    each.split(),
                    each.value()));
        return lines.toString();
    }

    private void add(Round round, Map<Round, List<PlannedStep>> rounds) {
        List<PlannedStep> own = Objects.requireNonNull(rounds.get(round));
        List<PlannedStep> others = Rounds.others(round, rounds);
        Set<Long> seeds = new LinkedHashSet<>();
        for (PlannedStep step : own) if (step.seed() != null) seeds.add(step.seed());
        for (long seed : seeds) new OfSeed(round, seed).add(of(seed, own), of(seed, others));
    }

    private List<PlannedStep> of(long seed, List<PlannedStep> steps) {
        return steps.stream()
                .filter(step ->
                        results.containsKey(step.key()) && Long.valueOf(seed).equals(step.seed()))
                .toList();
    }

    private StepResult result(PlannedStep step) {
        return Objects.requireNonNull(results.get(step.key()));
    }

    /// The numbers of one model, round and seed.
    private final class OfSeed {
        private final Round round;
        private final long seed;

        OfSeed(Round round, long seed) {
            this.round = round;
            this.seed = seed;
        }

        void add(List<PlannedStep> own, List<PlannedStep> others) {
            counts(PseudoLabelCounts.of(own, others, results));
            trainings(own);
            mixtures(own, others);
            for (PlannedStep step : own)
                for (Score score : result(step).scores())
                    number(score.metric().name(), score.language(), score.split(), score.value());
        }

        private void counts(PseudoLabelCounts labels) {
            number("labelled", labels.labelled());
            number("confident", labels.confident());
            number("selected", labels.selected());
            labels.classes().forEach((label, count) -> number("selected." + label, count));
            number("wrong", labels.noise());
            number("agreement", labels.agreement());
        }

        private void trainings(List<PlannedStep> own) {
            List<Facts> trained = own.stream()
                    .filter(step -> step.spec() instanceof TrainStep)
                    .map(step -> result(step).facts())
                    .toList();
            List<Double> judged = trained.stream()
                    .flatMap(facts -> facts.get(Fact.Accepted).stream().boxed())
                    .toList();
            if (!judged.isEmpty()) {
                number("judged", (double) judged.size());
                number("accepted", judged.stream().mapToDouble(kept -> kept).sum());
            }
            if (!trained.isEmpty())
                number(
                        "selectionScore",
                        PseudoLabelCounts.boxed(trained.getLast().get(Fact.SelectionScore)));
        }

        /// What the model's losses on each pool were divided into, of its last state that labelled the pool.
        private void mixtures(List<PlannedStep> own, List<PlannedStep> others) {
            Map<List<String>, Facts> pools = new LinkedHashMap<>();
            for (PlannedStep step : own) {
                if (!(step.spec() instanceof PredictPoolStep labels)) continue;
                String split = labels.pool().copies() == null ? labels.split() : labels.split() + " copies";
                Facts mixture = mixture(step, own, others);
                if (mixture != null) pools.put(List.of(String.join("+", labels.languages()), split), mixture);
            }
            pools.forEach((pool, mixture) ->
                    mixture.byName().forEach((name, value) -> number(name, pool.getFirst(), pool.getLast(), value)));
        }

        private @Nullable Facts mixture(PlannedStep labels, List<PlannedStep> own, List<PlannedStep> others) {
            for (List<PlannedStep> steps : List.of(own, others))
                for (PlannedStep step : steps) {
                    if (!(step.spec() instanceof AgreeStep agreement)) continue;
                    int which = agreement.predictions().indexOf(labels.key()) + 1;
                    if (which == 0) continue;
                    Facts found = Facts.NONE;
                    for (Fact fact : List.of(Fact.CleanWeight, Fact.CleanMean, Fact.NoisyMean)) {
                        Double value = result(step).facts().details(fact).get(Integer.toString(which));
                        if (value != null) found = found.with(fact, value);
                    }
                    return found; // the same in all that read it
                }
            return null;
        }

        private void number(String measure, @Nullable Double value) {
            if (value != null) number(measure, null, null, value);
        }

        private void number(String measure, @Nullable String language, @Nullable String split, double value) {
            measures.add(new RoundMeasure(
                    round.name(), round.target(), seed, round.number(), measure, language, split, value));
        }
    }
}
