package dev.winnow.ppo.config;

import java.util.Comparator;
import java.util.List;

/** Names of keys, and what somebody who mistyped one meant. */
final class Names {
    private Names() {}

    /** Refuses a name that no key has, and names the nearest that one has. */
    static void requireKnown(String origin, String name, List<Key<?>> keys) {
        List<String> known = keys.stream().map(Key::name).toList();
        if (known.contains(name)) {
            return;
        }
        String expected = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3))
                .orElse("one of docs/training.md");
        throw new ConfigurationException(origin, name, "unknown key", expected);
    }

    /** Compares with the last part alone too: people forget the group. */
    private static int distance(String name, String candidate) {
        String last = candidate.substring(candidate.lastIndexOf('.') + 1);
        return Math.min(edits(name, candidate), edits(name, last) + 1);
    }

    /** Returns how many characters must be put in, taken out or replaced (Levenshtein's distance). */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int index = 1; index <= from.length(); index++) {
            int diagonal = row[0];
            row[0] = index;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(index - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
