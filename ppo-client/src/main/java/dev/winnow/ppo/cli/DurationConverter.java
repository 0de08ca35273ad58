package dev.winnow.ppo.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 500ms}, {@code 90s}, {@code 2m} and {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern DURATION = Pattern.compile("0*(?<amount>[1-9]\\d{0,8})(?<unit>ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    @Override
    public Duration convert(String value) {
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "duration: '%s' (expected: a number above 0 and a unit: ms, s, m or h)".formatted(value));
        }
        return Duration.of(Long.parseLong(parts.group("amount")), UNITS.get(parts.group("unit")));
    }
}
