package dev.winnow.service.domain;

/**
 * Counts who uses a resource, and frees it once, when its owner and the last user are done. Nobody begins to use it once
 * its owner is done, so that users who follow each other without a gap do not keep it for ever. Thread-safe.
 */
public final class ReferenceCount {
    private final Runnable free;
    private int users;
    private boolean owned = true;

    /** Creates a count without users; the resource has its owner. */
    public ReferenceCount(Runnable free) {
        this.free = free;
    }

    /** Adds a user, who must {@link #release} once; false if the owner is done. */
    public synchronized boolean retain() {
        if (owned) {
            users++;
        }
        return owned;
    }

    /**
     * Adds a user as {@link #retain} does.
     *
     * @param resource name of the resource, for the message
     * @throws FailureException if its owner is done, which can only be when the caller's call is over
     */
    public void retainFor(String resource) {
        if (!retain()) {
            throw new FailureException(
                    new Failure.Cancelled(resource + ": closed (expected: work of a call that is not over)"));
        }
    }

    /** One user less. The last one after the owner frees the resource, in its own thread. */
    public void release() {
        synchronized (this) {
            if (users == 0) {
                throw new IllegalStateException("release: no user left (expected: once for each retain)");
            }
            users--;
            if (!isFreed()) {
                return;
            }
        }
        free.run();
    }

    /** The owner is done; doing so again has no effect. */
    public void releaseOwner() {
        synchronized (this) {
            if (!owned) {
                return;
            }
            owned = false;
            if (!isFreed()) {
                return;
            }
        }
        free.run();
    }

    /** Users now, the owner not among them. */
    public synchronized int users() {
        return users;
    }

    /** Whether the resource was freed, or is about to be. */
    public synchronized boolean isFreed() {
        return !owned && users == 0;
    }
}
