package dev.winnow.loadtest.text;

/** Shortens texts. */
@FunctionalInterface
public interface Cutter {
    /** Returns the longest beginning of a text that ends with a word and has at most so many tokens; at least a word. */
    String cut(String text, int tokens);
}
