package dev.winnow.ppo.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML as groups of keys, and as names with dots. */
final class Yamls {
    private static final int LONGEST_QUOTE = 80;

    private Yamls() {}

    /**
     * Returns the values of a document by their names with dots; those that are null are left out, as if not given.
     *
     * @throws ConfigurationException where one is unknown
     */
    static Map<String, Object> flatten(String yaml, String origin, List<Key<?>> keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        Object document = load(yaml, origin);
        if (document instanceof Map<?, ?> root) {
            flatten(root, "", origin, keys, values);
        } else if (document != null) {
            throw new ConfigurationException(origin, quote(document) + " (expected: keys with values)");
        }
        return values;
    }

    private static void flatten(
            Map<?, ?> group, String prefix, String origin, List<Key<?>> keys, Map<String, Object> into) {
        group.forEach((part, value) -> {
            String name = prefix + part;
            boolean isGroup = keys.stream().anyMatch(key -> key.name().startsWith(name + "."));
            if (isGroup && value instanceof Map<?, ?> inner) {
                flatten(inner, name + ".", origin, keys, into);
            } else if (isGroup && value != null) {
                throw new ConfigurationException(origin, name, quote(value), "keys with values");
            } else if (!isGroup) {
                Names.requireKnown(origin, name, keys);
                if (into.containsKey(name)) {
                    throw new ConfigurationException(origin, name, "twice", "once");
                }
                if (value != null) {
                    into.put(name, value);
                }
            }
        });
    }

    /** Returns one value; text where there is nothing. */
    static Object value(String yaml, String origin) {
        Object value = load(yaml, origin);
        return value == null ? "" : value;
    }

    private static @Nullable Object load(String yaml, String origin) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (MarkedYAMLException e) {
            throw new ConfigurationException(
                    origin,
                    "line %d: %s (expected: YAML)".formatted(e.getProblemMark().getLine() + 1, e.getProblem()));
        } catch (YAMLException e) {
            throw new ConfigurationException(origin, e.getMessage() + " (expected: YAML)");
        }
    }

    /** Returns a document of names with dots, as groups. */
    static String format(Map<String, Object> values) {
        Map<String, Object> root = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Map<String, Object> group = root;
            String[] parts = name.split("\\.", -1);
            for (int part = 0; part < parts.length - 1; part++) {
                group = group(group, parts[part]);
            }
            group.put(parts[parts.length - 1], value);
        });
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(root);
    }

    @SuppressWarnings("unchecked") // groups are made here alone
    private static Map<String, Object> group(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    /** Returns a value as the documentation has it. */
    static String plain(Object value) {
        return value.equals(Double.POSITIVE_INFINITY) ? ".inf" : value.toString();
    }

    /** Returns a value for a message, shortened. */
    static String quote(Object value) {
        String text = value instanceof String ? "'" + value + "'" : value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
