package dev.winnow.ppo.report.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The settings of a run.
 *
 * @param yaml as the file has them
 * @param values by key, with dots between groups
 */
public record RunConfiguration(String yaml, SequencedMap<String, String> values) {
    static RunConfiguration read(Path file) throws IOException {
        String yaml = text(file);
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            if (new Yaml(new SafeConstructor(options)).load(yaml) instanceof Map<?, ?> root) {
                SequencedMap<String, String> values = new LinkedHashMap<>();
                flatten("", root, values);
                return new RunConfiguration(yaml, Collections.unmodifiableSequencedMap(values));
            }
        } catch (MarkedYAMLException e) {
            throw new RunFileException(file, e.getProblemMark().getLine() + 1L, e.getProblem() + " (expected: YAML)");
        } catch (YAMLException e) {
            throw new RunFileException(file, "no YAML", "keys with values");
        }
        throw new RunFileException(file, "no keys", "keys with values");
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RunFileException(file, "bytes that are no characters", "UTF-8");
        }
    }

    private static void flatten(String prefix, Map<?, ?> group, Map<String, String> values) {
        group.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, values);
            } else {
                values.put(prefix + key, String.valueOf(value));
            }
        });
    }
}
