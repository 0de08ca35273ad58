package dev.winnow.ppo.ppo;

/** How long each phase of a step takes. Not thread-safe. */
final class Phases {
    private static final double NANOS_A_SECOND = 1e9;

    private final long begin = System.nanoTime();
    private final Metrics seconds = new Metrics();
    private long phaseBegin = begin;

    /** Ends the phase that began where the one before ended. */
    void end(String phase) {
        long now = System.nanoTime();
        seconds.put("seconds/" + phase, (now - phaseBegin) / NANOS_A_SECOND);
        phaseBegin = now;
    }

    /** Returns the seconds of each phase, and of all since the beginning. */
    Metrics seconds() {
        Metrics all = new Metrics();
        all.putAll(seconds);
        all.put("seconds/step", (System.nanoTime() - begin) / NANOS_A_SECOND);
        return all;
    }
}
