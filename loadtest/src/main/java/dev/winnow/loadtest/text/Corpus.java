package dev.winnow.loadtest.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Sentences to make texts of.
 *
 * @param sentences each one or several words, with its full stop
 */
public record Corpus(List<String> sentences) {
    /** Refuses a corpus without sentences. */
    public Corpus {
        sentences = List.copyOf(sentences);
        if (sentences.isEmpty()) {
            throw new IllegalArgumentException("sentences: 0 (expected: >= 1)");
        }
    }

    /** Reads the project's own. */
    public static Corpus own() throws IOException {
        try (InputStream file = Objects.requireNonNull(Corpus.class.getResourceAsStream("corpus.txt"))) {
            return new Corpus(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList());
        }
    }

    /** Draws a text of so many words; its last sentence may be cut. */
    String draw(int words, RandomGenerator random) {
        List<String> drawn = new ArrayList<>(words);
        while (drawn.size() < words) {
            String sentence = sentences.get(random.nextInt(sentences.size()));
            drawn.addAll(List.of(sentence.split(" ")));
        }
        return String.join(" ", drawn.subList(0, words));
    }
}
