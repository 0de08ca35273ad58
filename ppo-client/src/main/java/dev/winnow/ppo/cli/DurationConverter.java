package dev.winnow.ppo.cli;

import dev.winnow.ppo.config.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 500ms}, {@code 90s}, {@code 2m} and {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        return Durations.parse(value)
                .orElseThrow(() -> new TypeConversionException(
                        "duration: '%s' (expected: a number above 0 and a unit: ms, s, m or h)".formatted(value)));
    }
}
