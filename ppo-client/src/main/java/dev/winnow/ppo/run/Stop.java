package dev.winnow.ppo.run;

/** A wish that a run end after its present step. Thread-safe. */
public final class Stop {
    private volatile boolean wished;
    private volatile Runnable listener = () -> {};

    /** Asks for the end. */
    public void request() {
        wished = true;
        listener.run();
    }

    boolean isRequested() {
        return wished;
    }

    /** Says what to do at once when the end is asked for, from the asking thread. */
    void onRequest(Runnable action) {
        listener = action;
        if (wished) {
            action.run();
        }
    }
}
