package dev.winnow.service.domain;

/**
 * Counts who uses a resource, and frees it once, when the last one is done. Its owner is the first user. Thread-safe.
 */
public final class ReferenceCount {
    private final Runnable free;
    private int users = 1;
    private boolean owned = true;

    /** Creates a count whose only user is the owner. */
    public ReferenceCount(Runnable free) {
        this.free = free;
    }

    /** Adds a user, who must {@link #release} once; false if the resource was freed, which then stays so. */
    public synchronized boolean retain() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    /**
     * Adds a user as {@link #retain} does.
     *
     * @param resource name of the resource, for the message
     * @throws FailureException if it was freed, which can only be when the caller's call is over
     */
    public void retainFor(String resource) {
        if (!retain()) {
            throw new FailureException(
                    new Failure.Cancelled(resource + ": freed (expected: work of a call that is not over)"));
        }
    }

    /** One user less. The last one frees the resource, in its own thread. */
    public void release() {
        synchronized (this) {
            if (users == 0) {
                throw new IllegalStateException("release: no user left (expected: once for each retain)");
            }
            users--;
            if (users > 0) {
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
        }
        release();
    }

    /** Users beside the owner. */
    public synchronized int users() {
        return owned ? users - 1 : users;
    }

    /** Whether the resource was freed, or is about to be. */
    public synchronized boolean isFreed() {
        return users == 0;
    }
}
