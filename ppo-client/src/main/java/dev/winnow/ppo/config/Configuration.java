package dev.winnow.ppo.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A value for each of some keys. Immutable. */
public final class Configuration {
    private final String file;
    /** In the order of the keys. */
    private final Map<Key<?>, Object> values;
    /** Where a key's value is from, where it is not from the file. */
    private final Map<String, String> origins;

    private Configuration(String file, Map<Key<?>, Object> values, Map<String, String> origins) {
        this.file = file;
        this.values = values;
        this.origins = origins;
    }

    /**
     * Reads a file and what the command line sets beside it.
     *
     * @param assignments {@code key=value} each, the value in YAML; they win over the file, and the later over the earlier
     * @param keys all that there are
     * @throws ConfigurationException where a key is unknown, missing, or has a value of another kind
     */
    public static Configuration read(Path file, List<String> assignments, List<Key<?>> keys) throws IOException {
        Path absolute = file.toAbsolutePath();
        Map<String, Given> given = new HashMap<>();
        flatten(file, keys)
                .forEach((name, value) ->
                        given.put(name, new Given(value, file.toString(), absolute.resolveSibling(""))));
        Map<String, String> origins = new HashMap<>();
        for (String assignment : assignments) {
            Assignment parsed = Assignment.parse(assignment, keys);
            origins.put(parsed.key(), "--set");
            given.put(
                    parsed.key(), new Given(parsed.value(), "--set", Path.of("").toAbsolutePath()));
        }
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            values.put(key, value(key, Optional.ofNullable(given.get(key.name())), file.toString()));
        }
        return new Configuration(file.toString(), values, origins);
    }

    private static Map<String, Object> flatten(Path file, List<Key<?>> keys) throws IOException {
        try {
            return Yamls.flatten(Files.readString(file), file.toString(), keys);
        } catch (MalformedInputException e) {
            throw new ConfigurationException(file.toString(), "no UTF-8 (expected: YAML)");
        }
    }

    /**
     * What was given for a key.
     *
     * @param folder that relative paths start from
     */
    private record Given(Object value, String origin, Path folder) {}

    private static <T> Object value(Key<T> key, Optional<Given> given, String file) {
        if (given.isPresent()) {
            return key.kind()
                    .read(given.get().value(), given.get().folder())
                    .orElseThrow(() -> new ConfigurationException(
                            given.get().origin(),
                            key.name(),
                            Yamls.quote(given.get().value()),
                            key.kind().expected()));
        }
        return key.otherwise()
                .orElseThrow(() -> new ConfigurationException(
                        file, key.name(), "missing", key.kind().expected()));
    }

    /** Returns the value of one of the keys. */
    @SuppressWarnings("unchecked") // values are put by their keys' kinds
    public <T> T get(Key<T> key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("key: %s (expected: one of %s)"
                    .formatted(
                            key.name(), values.keySet().stream().map(Key::name).toList()));
        }
        return (T) value;
    }

    /** Returns a copy with another value of a key. */
    public <T> Configuration with(Key<T> key, T value) {
        Map<Key<?>, Object> copy = new LinkedHashMap<>(values);
        copy.put(key, value);
        return new Configuration(file, copy, origins);
    }

    /** Returns the first key whose value differs from another configuration of the same keys, of those that may not. */
    public Optional<Key<?>> firstDifference(Configuration other, Set<Key<?>> mayDiffer) {
        return values.keySet().stream()
                .filter(key -> !mayDiffer.contains(key) && !Objects.equals(values.get(key), other.values.get(key)))
                .findFirst();
    }

    /** Returns a refusal of a key's value. */
    public ConfigurationException refusal(Key<?> key, String expected) {
        return new ConfigurationException(origin(key.name()), key.name(), written(key), expected);
    }

    /**
     * Returns the refusal of a value that is out of range.
     *
     * @param reason its message begins with the key's name
     */
    public ConfigurationException refusal(IllegalArgumentException reason) {
        String message = String.valueOf(reason.getMessage());
        return new ConfigurationException(origin(message.split(":", 2)[0]), message);
    }

    /** Returns the value of a key as YAML has it. */
    public String written(Key<?> key) {
        return write(key).map(Yamls::quote).orElse("none");
    }

    /** Returns YAML with each key that has a value. Reading it gives the same configuration. */
    public String toYaml() {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Key<?> key : values.keySet()) {
            write(key).ifPresent(value -> written.put(key.name(), value));
        }
        return Yamls.format(written);
    }

    private <T> Optional<Object> write(Key<T> key) {
        return key.kind().write(get(key));
    }

    private String origin(String key) {
        return origins.getOrDefault(key, file);
    }
}
