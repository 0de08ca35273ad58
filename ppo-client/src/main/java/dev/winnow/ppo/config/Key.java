package dev.winnow.ppo.config;

import java.util.Optional;

/**
 * One key of a configuration. Keys are compared by name.
 *
 * @param name its groups and itself with dots between, such as {@code rollout.prompts}
 * @param otherwise its value where none is given; empty where one must be
 * @param meaning one line for the documentation
 */
public record Key<T>(String name, Kind<T> kind, Optional<T> otherwise, String meaning) {
    /** Returns a key that must be given. */
    public static <T> Key<T> required(String name, Kind<T> kind, String meaning) {
        return new Key<>(name, kind, Optional.empty(), meaning);
    }

    /** Returns a key with a default. */
    public static <T> Key<T> of(String name, Kind<T> kind, T otherwise, String meaning) {
        return new Key<>(name, kind, Optional.of(otherwise), meaning);
    }

    /** Returns a key that may be left out. */
    public static <T> Key<Optional<T>> optional(String name, Kind<T> kind, String meaning) {
        return new Key<>(name, Kind.optional(kind), Optional.of(Optional.empty()), meaning);
    }

    /** Returns the default as the documentation has it. */
    public String documentedDefault() {
        return otherwise
                .map(value -> kind.write(value).map(Yamls::plain).orElse("none"))
                .orElse("must be given");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key<?> key && key.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
