package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.config.Kind;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.ppo.reward.connection.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys of the connection to the reward service. All may change on resume. */
final class ServiceKeys {
    private static final Key<String> TARGET = Key.of(
            "service.target",
            Kind.TEXT,
            "localhost:9000",
            "HOST:PORT of the reward service, or several with commas between. May change on resume");
    private static final Key<Duration> TIMEOUT = Key.of(
            "service.timeout",
            Kind.DURATION,
            Connection.TIMEOUT,
            "Of one try to have a response rewarded. May change on resume");
    private static final Key<Duration> PATIENCE = Key.of(
            "service.patience",
            Kind.DURATION,
            Connection.PATIENCE,
            "How long a response is tried again after its first failure, at least 1s. May change on resume");
    private static final Key<Boolean> TLS = Key.of(
            "service.tls.enabled",
            Kind.TRUTH,
            false,
            "Whether to encrypt; so do the other keys of TLS. May change on resume");
    private static final Key<Optional<Path>> CA = Key.optional(
            "service.tls.ca",
            Kind.PATH,
            "PEM file of the authorities to trust; without, those that Java trusts. May change on resume");
    private static final Key<Optional<Path>> CERTIFICATE = Key.optional(
            "service.tls.certificate", Kind.PATH, "PEM file of the certificate to show. May change on resume");
    private static final Key<Optional<Path>> KEY = Key.optional(
            "service.tls.key", Kind.PATH, "PEM file of its key, PKCS #8, no password. May change on resume");
    private static final Key<Optional<String>> AUTHORITY = Key.optional(
            "service.tls.authority",
            Kind.TEXT,
            "Name in the service's certificate, where it is not HOST. May change on resume");

    static final List<Key<?>> ALL = List.of(TARGET, TIMEOUT, PATIENCE, TLS, CA, CERTIFICATE, KEY, AUTHORITY);

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

    private ServiceKeys() {}

    /** Returns the connection, of which nothing is tried yet; what is out of range is refused. */
    static Connection connection(Configuration configuration) {
        if (configuration.get(PATIENCE).compareTo(SHORTEST_PATIENCE) < 0) {
            throw configuration.refusal(PATIENCE, "1s or above");
        }
        Tls tls = tls(configuration);
        try {
            return new Connection(
                    configuration.get(TARGET), tls, configuration.get(TIMEOUT), configuration.get(PATIENCE));
        } catch (IllegalArgumentException e) {
            throw configuration.refusal(new IllegalArgumentException("service." + e.getMessage(), e));
        }
    }

    private static @Nullable Tls tls(Configuration configuration) {
        if (configuration.get(CERTIFICATE).isPresent() != configuration.get(KEY).isPresent()) {
            throw configuration.refusal(CERTIFICATE, "given where service.tls.key is, and only there");
        }
        for (Key<Optional<Path>> file : List.of(CA, CERTIFICATE, KEY)) {
            if (!configuration.get(file).map(Files::isReadable).orElse(true)) {
                throw configuration.refusal(file, "a file that can be read");
            }
        }
        boolean asked = configuration.get(TLS)
                || Stream.of(CA, CERTIFICATE, KEY)
                        .anyMatch(file -> configuration.get(file).isPresent())
                || configuration.get(AUTHORITY).isPresent();
        return asked
                ? new Tls(
                        configuration.get(CA).orElse(null),
                        configuration.get(CERTIFICATE).orElse(null),
                        configuration.get(KEY).orElse(null),
                        configuration.get(AUTHORITY).orElse(null))
                : null;
    }
}
