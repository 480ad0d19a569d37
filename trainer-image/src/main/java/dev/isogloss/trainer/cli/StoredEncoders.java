package dev.isogloss.trainer.cli;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.EncoderCopy;
import dev.isogloss.trainer.store.Garbage;
import dev.isogloss.trainer.store.Identity;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Copies of encoders as lines about a store show them.
final class StoredEncoders {
    private StoredEncoders() {}

    static String line(EncoderCopies.Listed listed) {
        return String.format(
                Locale.ROOT,
                "%s  %-9s %9s  %s  %s",
                " ".repeat(12),
                "encoder",
                StoreCommand.size(listed.bytes()),
                listed.newest().truncatedTo(ChronoUnit.SECONDS),
                name(listed));
    }

    static String removal(Garbage.EncoderRemoval removal) {
        return "%s  encoder  %s  %s"
                .formatted(
                        name(removal.copy()), StoreCommand.size(removal.copy().bytes()), removal.because());
    }

    private static String name(EncoderCopies.Listed listed) {
        EncoderCopy copy = listed.copy();
        return copy == null
                ? listed.place() + ", unfinished"
                : "%s, version %s, from %s".formatted(copy.name(), copy.version(), copy.source());
    }

    /// The published encoders that steps start from.
    static Set<Identity> readBy(Collection<PlannedStep> steps) {
        return steps.stream()
                .flatMap(step -> step.spec().reads().stream())
                .flatMap(input -> input instanceof Input.PublishedEncoder(var encoder)
                        ? Stream.of(new Identity(Identity.Kind.Encoder, encoder.name(), encoder.version()))
                        : Stream.empty())
                .collect(Collectors.toSet());
    }
}
