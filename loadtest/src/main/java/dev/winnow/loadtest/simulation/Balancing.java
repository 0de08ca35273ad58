package dev.winnow.loadtest.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How the replica of a call, or of a stream, is chosen among those that are up. */
public enum Balancing {
    /** Each trainer takes the replicas in turn, from one at random on: gRPC's {@code round_robin}. */
    ROUND_ROBIN {
        @Override
        Balancer balancer(Fleet fleet, RandomGenerator random) {
            int first = random.nextInt(fleet.size());
            return new Balancer() {
                private int next = first;

                @Override
                public Optional<Replica> pick() {
                    List<Replica> up = fleet.up();
                    return up.isEmpty() ? Optional.empty() : Optional.of(up.get(next++ % up.size()));
                }
            };
        }
    },

    /** The less loaded of two at random: what a proxy before the replicas does for calls. */
    POWER_OF_TWO {
        @Override
        Balancer balancer(Fleet fleet, RandomGenerator random) {
            return () -> {
                List<Replica> up = fleet.up();
                if (up.isEmpty()) {
                    return Optional.empty();
                }
                Replica one = up.get(random.nextInt(up.size()));
                Replica other = up.get(random.nextInt(up.size()));
                return Optional.of(one.rows() <= other.rows() ? one : other);
            };
        }
    },

    /** The least loaded of all, equal ones in turn: the best that a proxy can do which sees all calls. */
    LEAST_LOADED {
        @Override
        Balancer balancer(Fleet fleet, RandomGenerator random) {
            Balancer inTurn = ROUND_ROBIN.balancer(fleet, random);
            return () -> inTurn.pick()
                    .map(next -> fleet.up().stream()
                            .filter(other -> other.rows() < next.rows())
                            .min(Comparator.comparingInt(Replica::rows))
                            .orElse(next));
        }
    };

    /** Chooses a replica; none where none is up. */
    interface Balancer {
        Optional<Replica> pick();
    }

    /** Returns the balancer of one trainer. */
    abstract Balancer balancer(Fleet fleet, RandomGenerator random);
}
