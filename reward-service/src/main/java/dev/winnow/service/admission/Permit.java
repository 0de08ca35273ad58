package dev.winnow.service.admission;

/**
 * A share of what may be in flight, held from admission until the sample's work has ended. Thread-safe; closing it again
 * has no effect.
 */
public final class Permit implements AutoCloseable {
    private final Admission admission;
    private final Share share;
    private long held;

    Permit(Admission admission, Share share, long held) {
        this.admission = admission;
        this.share = share;
        this.held = held;
    }

    /** Gives back what is above {@code tokens}; the bound by bytes is mostly several times too high. */
    public synchronized void shrinkTo(long tokens) {
        long surplus = held - tokens;
        if (surplus > 0) {
            held = tokens;
            admission.shrink(share, surplus);
        }
    }

    @Override
    public synchronized void close() {
        if (held >= 0) {
            admission.release(share, held);
            held = -1;
        }
    }
}
