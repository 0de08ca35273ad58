package dev.winnow.service.batch;

/** Workers for tests that need no threads. */
public final class TestingWorkers {
    private TestingWorkers() {}

    /** Do everything at once, in the thread that asks for it, as closed workers do. */
    public static FairWorkers direct() {
        FairWorkers workers = new FairWorkers("unused", 1, (_, _) -> false);
        workers.close();
        return workers;
    }
}
