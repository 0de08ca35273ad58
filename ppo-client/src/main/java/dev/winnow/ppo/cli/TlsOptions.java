package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.connection.Tls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the connection is encrypted, if it is. */
final class TlsOptions {
    @Option(names = "--tls", description = "Encrypt, and trust the authorities that Java trusts. Default: plain text.")
    private boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust the authorities in this PEM file alone. Implies --tls.")
    private @Nullable Path ca;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "Show the server this certificate, a PEM file; together with --key. Implies --tls.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The certificate's key, a PEM file (PKCS #8, no password).")
    private @Nullable Path key;

    @Option(
            names = "--authority",
            paramLabel = "NAME",
            description = "The name that the server's certificate has, where it is not HOST. Implies --tls.")
    private @Nullable String authority;

    /**
     * Returns what is asked for; null for plain text.
     *
     * @throws IllegalArgumentException where it is not whole, or a file cannot be read
     */
    @Nullable
    Tls get() {
        boolean asked = tls || ca != null || certificate != null || key != null || authority != null;
        return asked ? new Tls(ca, certificate, key, authority) : null;
    }
}
