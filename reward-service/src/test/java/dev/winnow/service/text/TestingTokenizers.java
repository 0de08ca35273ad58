package dev.winnow.service.text;

import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.TestingResources;
import dev.winnow.service.text.hf.HuggingFaceTokenizerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Two real tokenizers, and one that is simple enough to count by hand. */
public final class TestingTokenizers {
    private TestingTokenizers() {}

    /** Lower-case English words and pieces; whatever else is unknown. */
    public static Tokenizer wordPiece() {
        return open(TestingResources.tinyBundle().resolve("tokenizer.json"));
    }

    /** Cuts inside words, inside characters and across the joiners of emoji. */
    public static Tokenizer byteLevelBpe() {
        return open(TestingResources.byteLevelBpe());
    }

    /** One token a code point, whose id is the code point; in fixed texts {@code [CLS]} is 1 and {@code [SEP]} is 2. */
    public static Tokenizer codePoints() {
        return new CodePoints();
    }

    private static Tokenizer open(Path file) {
        try {
            return HuggingFaceTokenizerAdapter.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CodePoints implements Tokenizer {
        private static final Map<String, Integer> SPECIAL = Map.of("[CLS]", 1, "[SEP]", 2);

        @Override
        public TokenizedText tokenize(String text) {
            List<Integer> ids = text.codePoints().boxed().toList();
            List<Span> spans = new ArrayList<>();
            for (int index = 0; index < ids.size(); index++) {
                spans.add(new Span(index, index + 1));
            }
            return new TokenizedText(ids, spans);
        }

        @Override
        public List<Integer> tokenizeFixed(String text) {
            String known = text.replace("[CLS]", "\u0001").replace("[SEP]", "\u0002");
            return known.codePoints().boxed().toList();
        }

        @Override
        public OptionalInt idOf(String token) {
            Integer id = SPECIAL.get(token);
            return id == null ? OptionalInt.empty() : OptionalInt.of(id);
        }

        @Override
        public void close() {}
    }
}
