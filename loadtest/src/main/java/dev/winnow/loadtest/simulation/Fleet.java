package dev.winnow.loadtest.simulation;

import java.util.List;

/** All replicas. Not thread-safe. */
final class Fleet {
    private final List<Replica> replicas;
    private List<Replica> up;

    Fleet(List<Replica> replicas) {
        this.replicas = List.copyOf(replicas);
        this.up = this.replicas;
    }

    int size() {
        return replicas.size();
    }

    /** Returns those that are up, in their order. */
    List<Replica> up() {
        return up;
    }

    void goDown(int replica) {
        // Before its senders hear of it and choose another.
        up = up.stream().filter(other -> other != replicas.get(replica)).toList();
        replicas.get(replica).goDown();
    }

    void comeUp(int replica) {
        replicas.get(replica).comeUp();
        up = replicas.stream().filter(Replica::isUp).toList();
    }
}
