package dev.isogloss.operator.experiment;

import dev.isogloss.api.run.ModelStatus;
import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.report.Rounds;
import java.util.List;
import java.util.stream.Stream;

/// Tables of a run's models and of its last rounds, as far as they fit into its status. Left out in this order until
/// they do: labels by class; rounds, the oldest first; models.
///
/// @param leftOut rows that are missing or lack something
record RunTables(List<ModelStatus> models, List<RoundStatus> rounds, int leftOut) {
    private static final int MOST_BYTES = 16 * 1024;

    private static final int ROUNDS_IN_STATUS = 10;

    static RunTables of(Rounds all) {
        List<ModelStatus> models = all.models();
        List<RoundStatus> rounds = all.statuses(ROUNDS_IN_STATUS);
        int rows = models.size() + rounds.size();
        Stream<RunTables> whole = Stream.of(new RunTables(models, rounds, 0));
        Stream<RunTables> shorter = Stream.iterate(ROUNDS_IN_STATUS, most -> most / 2)
                .limit(5)
                .map(most -> all.statuses(most).stream()
                        .map(RunTables::withoutClasses)
                        .toList())
                .map(some -> new RunTables(models, some, rows - models.size()));
        return Stream.concat(whole, shorter)
                .filter(tables -> tables.bytes() <= MOST_BYTES)
                .findFirst()
                .orElse(new RunTables(List.of(), List.of(), rows));
    }

    /// As JSON.
    int bytes() {
        return StatusSize.bytes(models) + StatusSize.bytes(rounds);
    }

    private static RoundStatus withoutClasses(RoundStatus round) {
        return new RoundStatus(
                round.round(),
                round.model(),
                round.labelled(),
                round.confident(),
                round.selected(),
                null,
                round.noise(),
                round.agreement(),
                round.accepted(),
                round.selectionScore(),
                round.score(),
                round.digest());
    }
}
