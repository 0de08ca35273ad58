package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.text.Lengths;
import java.io.IOException;

/** How long texts are, by the names on the command line. */
public enum Mix {
    POSTS,
    ANSWERS,
    MIXED;

    public Lengths lengths() throws IOException {
        return switch (this) {
            case POSTS -> Lengths.posts();
            case ANSWERS -> Lengths.answers();
            case MIXED -> Lengths.mixed();
        };
    }
}
