package dev.winnow.ppo.config;

import com.google.common.base.Splitter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What kind of value a key has. Immutable.
 *
 * @param <T> what it is in Java
 */
public final class Kind<T> {
    public static final Kind<Integer> WHOLE = of(
            "a whole number",
            value ->
                    ofWhole(value).filter(number -> number == number.intValue()).map(Long::intValue));
    public static final Kind<Long> LONG = of("a whole number", Kind::ofWhole);
    /** Takes {@code .inf} too. YAML takes {@code 1e-5} for text, as it has no dot. */
    public static final Kind<Double> NUMBER = of("a number", Kind::ofNumber);

    public static final Kind<Boolean> TRUTH =
            of("true or false", value -> value instanceof Boolean truth ? Optional.of(truth) : Optional.empty());
    public static final Kind<String> TEXT =
            of("text", value -> value instanceof String text ? Optional.of(text) : Optional.empty());
    public static final Kind<List<String>> TEXTS =
            of("a list of texts, or one text with commas between them", Kind::ofTexts);
    public static final Kind<Duration> DURATION = new Kind<>(
            "a number above 0 and a unit: ms, s, m or h",
            (value, folder) -> value instanceof String text ? Durations.parse(text) : Optional.empty(),
            duration -> Optional.of(Durations.format(duration)));
    /** Relative to the file that it stands in, or on the command line to the working folder. Absolute in Java. */
    public static final Kind<Path> PATH = new Kind<>("a path", Kind::ofPath, path -> Optional.of(path.toString()));

    private final String expected;
    private final BiFunction<Object, Path, Optional<T>> reader;
    private final Function<T, Optional<Object>> writer;

    private Kind(String expected, BiFunction<Object, Path, Optional<T>> reader, Function<T, Optional<Object>> writer) {
        this.expected = expected;
        this.reader = reader;
        this.writer = writer;
    }

    private static <T> Kind<T> of(String expected, Function<Object, Optional<T>> reader) {
        return new Kind<>(expected, (value, folder) -> reader.apply(value), Optional::of);
    }

    /** Returns the kind of the constants of an enum, in lower case. */
    public static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        return new Kind<>(
                Arrays.stream(type.getEnumConstants()).map(Kind::name).collect(Collectors.joining(", ", "one of ", "")),
                (value, folder) -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> name(constant).equals(value))
                        .findFirst(),
                constant -> Optional.of(name(constant)));
    }

    /** Returns the kind of values that may be absent, which is not written. */
    static <T> Kind<Optional<T>> optional(Kind<T> kind) {
        return new Kind<>(
                kind.expected,
                (value, folder) -> {
                    Optional<T> read = kind.read(value, folder);
                    return read.isPresent() ? Optional.of(read) : Optional.empty();
                },
                value -> value.flatMap(kind::write));
    }

    /** Returns what a value of this kind looks like, for messages. */
    public String expected() {
        return expected;
    }

    /**
     * Reads what YAML has.
     *
     * @param folder that relative paths start from
     * @return empty where it is of another kind
     */
    Optional<T> read(Object yaml, Path folder) {
        return reader.apply(yaml, folder);
    }

    /** Returns what YAML has of a value; empty for nothing. */
    Optional<Object> write(T value) {
        return writer.apply(value);
    }

    private static Optional<Long> ofWhole(Object value) {
        return value instanceof Integer || value instanceof Long
                ? Optional.of(((Number) value).longValue())
                : Optional.empty();
    }

    private static Optional<Double> ofNumber(Object value) {
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        try {
            return value instanceof String text && text.matches("[-+0-9.eE]+")
                    ? Optional.of(Double.valueOf(text))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> ofTexts(Object value) {
        if (value instanceof String text) {
            return Optional.of(Splitter.on(',').trimResults().splitToList(text));
        }
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).toList())
                : Optional.empty();
    }

    private static Optional<Path> ofPath(Object value, Path folder) {
        try {
            return value instanceof String text && !text.isEmpty()
                    ? Optional.of(folder.resolve(text).toAbsolutePath().normalize())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
