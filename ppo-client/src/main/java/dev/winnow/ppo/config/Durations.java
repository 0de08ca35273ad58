package dev.winnow.ppo.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 500ms}, {@code 90s}, {@code 2m} and {@code 1h}. */
public final class Durations {
    private static final Pattern DURATION = Pattern.compile("0*(?<amount>[1-9]\\d{0,8})(?<unit>ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private Durations() {}

    /** Returns a duration above 0; empty where the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher parts = DURATION.matcher(text);
        return parts.matches()
                ? Optional.of(Duration.of(Long.parseLong(parts.group("amount")), UNITS.get(parts.group("unit"))))
                : Optional.empty();
    }

    static String format(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSecondsPart() > 0 ? duration.toSeconds() + "s" : duration.toMinutes() + "m";
    }
}
