package dev.winnow.ppo.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps the process from ending, at Ctrl-C or a signal, while native code works: its threads would use what the exit
 * frees. Lives until it is closed, and the process may end then.
 */
final class ShutdownHook implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private ShutdownHook(Runnable wish) {
        hook = new Thread(() -> {
            wish.run();
            awaitClosed();
        });
    }

    /**
     * Begins.
     *
     * @param wish asks for the end of what is protected, from another thread
     */
    static ShutdownHook waiting(Runnable wish) {
        ShutdownHook made = new ShutdownHook(wish);
        Runtime.getRuntime().addShutdownHook(made.hook);
        return made;
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }
}
