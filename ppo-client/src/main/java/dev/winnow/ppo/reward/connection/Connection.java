package dev.winnow.ppo.reward.connection;

import com.google.common.net.HostAndPort;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a reward service is and how patiently it is asked. Immutable.
 *
 * @param target {@code HOST:PORT}, or several with commas between; all addresses that their hosts have are replicas of
 *     one service
 * @param tls null: plain text
 * @param timeout how long each try of a call may take; in a stream, each try of a sample
 * @param patience how long something is tried again after its first failure, where that may pass by itself; zero: never
 */
public record Connection(String target, @Nullable Tls tls, Duration timeout, Duration patience) {
    /** For one who cannot look after it: a service may be restarted, or replaced replica by replica, meanwhile. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Long enough for a batch of long responses in a queue; a service that works drops what is older. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * Checks everything but whether there is such a service.
     *
     * @throws IllegalArgumentException where the target is no {@code HOST:PORT}, or a duration is out of range
     */
    public Connection {
        addresses(target);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: %s (expected: > 0)".formatted(timeout));
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience: %s (expected: >= 0)".formatted(patience));
        }
    }

    /** Returns a connection in plain text with the default patience. */
    public static Connection to(String target) {
        return new Connection(target, null, TIMEOUT, PATIENCE);
    }

    List<HostAndPort> addresses() {
        return addresses(target);
    }

    private static List<HostAndPort> addresses(String target) {
        return Arrays.stream(target.split(",", -1)).map(Connection::address).toList();
    }

    private static HostAndPort address(String target) {
        try {
            HostAndPort parsed = HostAndPort.fromString(target.strip());
            if (parsed.hasPort() && !parsed.getHost().isEmpty()) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with a port that is missing.
        }
        throw new IllegalArgumentException("target: '%s' (expected: HOST:PORT)".formatted(target));
    }
}
