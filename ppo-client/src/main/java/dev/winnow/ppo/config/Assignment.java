package dev.winnow.ppo.config;

import java.util.List;

/** A key and its value from the command line. */
record Assignment(String key, Object value) {
    /** Reads {@code key=value}, the value in YAML. */
    static Assignment parse(String text, List<Key<?>> keys) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ConfigurationException("--set", "'%s' (expected: KEY=VALUE)".formatted(text));
        }
        String key = text.substring(0, equals).strip();
        Names.requireKnown("--set", key, keys);
        return new Assignment(key, Yamls.value(text.substring(equals + 1), "--set " + key));
    }
}
