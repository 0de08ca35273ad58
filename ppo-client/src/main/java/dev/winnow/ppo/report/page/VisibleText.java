package dev.winnow.ppo.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Text of which nothing is hidden: characters that move or turn round the text about them, or that cannot be shown, are
 * spelled out. Line breaks and tabs stay.
 */
final class VisibleText {
    private VisibleText() {}

    /**
     * A part of a text.
     *
     * @param spelled whether it stands for a character that is spelled out
     */
    record Piece(String text, boolean spelled) {}

    static List<Piece> of(String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isHidden(character)) {
                flush(plain, pieces);
                pieces.add(new Piece("U+%04X".formatted(character), true));
            } else {
                plain.appendCodePoint(character);
            }
        });
        flush(plain, pieces);
        return List.copyOf(pieces);
    }

    private static void flush(StringBuilder plain, List<Piece> pieces) {
        if (!plain.isEmpty()) {
            pieces.add(new Piece(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            // Joiners make one picture of several emoji, and letters of several scripts.
            case Character.FORMAT -> character != '\u200c' && character != '\u200d';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
