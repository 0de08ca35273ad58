package dev.winnow.loadtest.simulation;

import java.time.Duration;

/** How a trainer sends its samples. */
public sealed interface Sending {
    /**
     * In {@code Score} calls.
     *
     * @param samples most samples of a call
     * @param timeout deadline of each try
     * @param tries most of them for a call that is refused
     */
    record Calls(int samples, Duration timeout, int tries) implements Sending {
        /** As many as the Java client makes. */
        public static final int TRIES = 10;

        public Calls {
            if (samples < 1 || tries < 1) {
                throw new IllegalArgumentException("samples: %d, tries: %d (expected: >= 1)".formatted(samples, tries));
            }
        }
    }

    /**
     * Over {@code ScoreStream}s, each to one replica; samples go to the streams in turn, as far as there is room in them.
     *
     * @param count streams of a trainer
     * @param window most samples of a stream that were sent and are not answered
     * @param samplesEach after which another stream takes the place of one
     */
    record Streams(int count, int window, int samplesEach) implements Sending {
        /** Any number of samples. */
        public static final int UNLIMITED = Integer.MAX_VALUE;

        public Streams {
            if (count < 1 || window < 1 || samplesEach < 1) {
                throw new IllegalArgumentException("streams: %d, window %d, samples of each %d (expected: >= 1)"
                        .formatted(count, window, samplesEach));
            }
        }
    }
}
