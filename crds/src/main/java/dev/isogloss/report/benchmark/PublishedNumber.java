package dev.isogloss.report.benchmark;

import dev.isogloss.api.InvalidInput;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A number as papers print them: in per cent, or as a fraction that begins with its point (`.712` is 71.2); in bold,
/// with signs of footnotes, and with its spread behind it.
final class PublishedNumber {
    private static final Pattern MARKS = Pattern.compile("[*_`†‡§^]|\\s");
    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?|\\.\\d+)%?(?:(?:±|\\+/-|\\().*)?");
    private static final BigDecimal MOST = BigDecimal.valueOf(100);

    private PublishedNumber() {}

    /// Null for a cell without a digit.
    ///
    /// @throws InvalidInput if the cell is not wholly a number from 0 to 100
    static @Nullable Double percent(String file, String system, String language, PublishedCell cell) {
        if (cell.text().codePoints().noneMatch(Character::isDigit)) return null;
        Matcher number = NUMBER.matcher(MARKS.matcher(cell.text()).replaceAll(""));
        if (number.matches()) {
            BigDecimal value = new BigDecimal(number.group(1));
            BigDecimal percent = number.group(1).startsWith(".") ? value.movePointRight(2) : value;
            if (percent.compareTo(MOST) <= 0) return percent.doubleValue();
        }
        throw new InvalidInput(
                "%s:%d: the number of %s in %s is \"%s\". Write one from 0 to 100, in per cent, or leave the cell empty."
                        .formatted(file, cell.line(), system, language, cell.text()));
    }
}
