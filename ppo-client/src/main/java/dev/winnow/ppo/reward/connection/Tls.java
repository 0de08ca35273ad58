package dev.winnow.ppo.reward.connection;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the service proves who it is, and the client, if it must. Immutable.
 *
 * @param ca PEM file with the certificates of the authorities to trust; null: those that Java trusts
 * @param certificate PEM file with the client's own certificate and those between it and its authority; null: none
 * @param key PEM file (PKCS #8, no password) with the key of that certificate; given where the certificate is
 * @param authority the name that the service's certificate must have; null: the host of the target
 */
public record Tls(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String authority) {
    /** Trusts whom Java trusts. */
    public static final Tls DEFAULT = new Tls(null, null, null, null);

    public Tls {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(
                    "certificate: %s, key: %s (expected: both or none)".formatted(certificate, key));
        }
        for (Path file : new Path[] {ca, certificate, key}) {
            if (file != null && !Files.isReadable(file)) {
                throw new IllegalArgumentException("file: %s (expected: one that can be read)".formatted(file));
            }
        }
    }

    ChannelCredentials credentials() {
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        try {
            if (ca != null) {
                credentials.trustManager(ca.toFile());
            }
            if (certificate != null && key != null) {
                credentials.keyManager(certificate.toFile(), key.toFile());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "TLS: %s (expected: files that can be read)".formatted(e.getMessage()), e);
        }
        return credentials.build();
    }
}
