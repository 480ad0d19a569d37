package dev.isogloss.trainer.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Durations as people type them: 90s, 10m, 2h; also ISO 8601.
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            Duration duration = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (!duration.isNegative() && !duration.isZero()) return duration;
        } catch (DateTimeParseException unreadable) {
            // The same sentence as for zero.
        }
        throw new TypeConversionException("\"%s\" is no duration; write 90s, 10m or 2h".formatted(text));
    }
}
