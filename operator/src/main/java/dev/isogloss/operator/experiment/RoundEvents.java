package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.operator.names.Messages;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Events about the rounds of a run that ended between two of its statuses.
///
/// @param round    its number, from 1
/// @param sentence for people
/// @param rows     what each model did in it, as far as status shows it
record RoundEvents(int round, String sentence, List<RoundStatus> rows) {

    static List<RoundEvents> between(@Nullable CoTrainingRunStatus before, CoTrainingRunStatus next) {
        return IntStream.rangeClosed(ended(before) + 1, ended(next))
                .mapToObj(round -> of(round, next))
                .toList();
    }

    /// The number of complete rounds.
    private static int ended(@Nullable CoTrainingRunStatus status) {
        if (status == null || status.round() == null) return 0;
        return status.common().phase() == Phase.Succeeded ? status.round() : status.round() - 1;
    }

    private static RoundEvents of(int round, CoTrainingRunStatus status) {
        List<RoundStatus> rows = Objects.requireNonNullElse(status.rounds(), List.<RoundStatus>of()).stream()
                .filter(row -> row.round() == round)
                .toList();
        String progress = Objects.requireNonNullElse(status.roundProgress(), "");
        String models = rows.stream().map(RoundEvents::model).collect(Collectors.joining("; "));
        return new RoundEvents(
                round,
                Messages.ROUND_COMPLETE.formatted(round, progress.substring(progress.indexOf('/') + 1))
                        + (models.isEmpty() ? "" : ": " + models),
                rows);
    }

    private static String model(RoundStatus row) {
        StringBuilder sentence = new StringBuilder(row.model());
        if (row.score() != null) sentence.append(" scores ").append(row.score());
        if (row.selected() != null)
            sentence.append(row.score() == null ? " hands on " : ", hands on ")
                    .append(row.selected())
                    .append(" labels");
        if (row.agreement() != null) sentence.append(", agrees on ").append(row.agreement());
        return sentence.toString();
    }
}
