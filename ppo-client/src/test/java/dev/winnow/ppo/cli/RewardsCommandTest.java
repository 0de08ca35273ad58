package dev.winnow.ppo.cli;

import static dev.winnow.ppo.cli.TestingListings.ANOTHER_OF_THE_BUNDLE;
import static dev.winnow.ppo.cli.TestingListings.LISTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.reward.TestingRewardServer;
import dev.winnow.ppo.reward.connection.TestingCertificate;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardsCommandTest {
    private final TestingCommandLine winnow = new TestingCommandLine();

    @AfterEach
    void close() {
        winnow.close();
    }

    @Test
    void printsAlignedTables() {
        winnow.server()
                .list(LISTED.toBuilder().addRewards(ANOTHER_OF_THE_BUNDLE).build());

        assertThat(winnow.run("rewards", "--target", winnow.server().target())).isZero();

        assertThat(winnow.out().lines().toList())
                .containsExactly(
                        "REWARD          RANGE     MEAN    STD   DENSITIES",
                        "testing/length  [0, inf)  -       -     SENTENCE,SEQUENCE*",
                        "testing/accord  [-1, 1]   -0.250  12.5  TOKEN*,SEQUENCE",
                        "* the default density. MEAN, STD: of its values over the training data, - where not told.",
                        "",
                        "REWARD          MEANING",
                        "testing/length  code points",
                        "testing/accord  agreement",
                        "",
                        "BUNDLE   TOKENS  VERSIONS",
                        "testing  512     1 sha256:0123456789ab latest",
                        "TOKENS: most tokens of the bundle's own tokenizer in one sample.",
                        "",
                        "REFUSED  REASON",
                        "bad/1    sha256: differs");
    }

    @Test
    void saysWhereNothingIsServed() {
        winnow.server().list(LISTED.toBuilder().clearRewards().build());

        assertThat(winnow.run("rewards", "--target", winnow.server().target())).isZero();

        assertThat(winnow.out().lines().toList())
                .containsExactly("No rewards are served.", "", "REFUSED  REASON", "bad/1    sha256: differs");
    }

    @Test
    void asksAReplicaThatIsNotReadyToo() {
        winnow.server().list(LISTED);
        winnow.server().ready(false);

        assertThat(winnow.run("rewards", "--target", winnow.server().target())).isZero();
    }

    @Test
    void speaksTls(@TempDir Path folder) throws IOException {
        TestingCertificate server = TestingCertificate.of("localhost", folder);
        try (TestingRewardServer encrypted = new TestingRewardServer(TlsServerCredentials.create(
                server.certificate().toFile(), server.key().toFile()))) {
            assertThat(winnow.run(
                            "rewards",
                            "--target",
                            encrypted.target(),
                            "--ca",
                            server.certificate().toString()))
                    .isZero();
            assertThat(winnow.run("rewards", "--target", encrypted.target())).isEqualTo(1);
            assertThat(winnow.err())
                    .isEqualTo("winnow: UNAVAILABLE: %s: the server closed the connection at once; it may expect TLS;"
                                    .formatted(encrypted.target())
                            + " is `./winnow serve` running?" + System.lineSeparator());
        }
    }

    @Test
    void refusesACertificateWithoutItsKey() {
        assertThat(winnow.run("rewards", "--target", winnow.server().target(), "--cert", "pom.xml"))
                .isEqualTo(2);
        assertThat(winnow.err()).startsWith("winnow: certificate: pom.xml, key: null (expected: both or none)");
    }

    @Test
    void printsJson() {
        winnow.server().list(LISTED);

        assertThat(winnow.run("rewards", "--json", "--target", winnow.server().target()))
                .isZero();

        assertThat(winnow.out()).contains("\"default_density\": \"SEQUENCE\"", "\"maximum_samples_per_call\": 0");
    }
}
