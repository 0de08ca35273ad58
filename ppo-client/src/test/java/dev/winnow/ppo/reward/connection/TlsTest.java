package dev.winnow.ppo.reward.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.reward.Failures;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.TestingRewardServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static TestingCertificate server;

    @SuppressWarnings("NullAway.Init") // set before all
    private static TestingCertificate elsewhere;

    @BeforeAll
    static void makeCertificates() {
        server = TestingCertificate.of("localhost", folder);
        elsewhere = TestingCertificate.of("rewards.example", folder);
    }

    @Test
    void trustsTheAuthorityThatItIsGiven() throws IOException {
        assertThat(failure(credentials(server), new Tls(server.certificate(), null, null, null)))
                .isNull();
        assertThat(failure(credentials(server), Tls.DEFAULT)).contains("unable to find valid certification path");
        assertThat(failure(credentials(server), new Tls(elsewhere.certificate(), null, null, null)))
                .isEqualTo("io exception: unable to find valid certification path to requested target");
    }

    @Test
    void theCertificateMustHaveTheNameOfTheHostOrTheAuthority() throws IOException {
        Path ca = elsewhere.certificate();

        assertThat(failure(credentials(elsewhere), new Tls(ca, null, null, null)))
                .contains("No subject alternative DNS name matching localhost");
        assertThat(failure(credentials(elsewhere), new Tls(ca, null, null, "rewards.example")))
                .isNull();
    }

    @Test
    void provesItselfWhereTheServerAsksForIt() throws IOException {
        ServerCredentials mutual = TlsServerCredentials.newBuilder()
                .keyManager(server.certificate().toFile(), server.key().toFile())
                .trustManager(elsewhere.certificate().toFile())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
        Path ca = server.certificate();

        assertThat(failure(mutual, new Tls(ca, elsewhere.certificate(), elsewhere.key(), null)))
                .isNull();
        assertThat(failure(mutual, new Tls(ca, null, null, null))).contains("certificate_required");
        assertThat(failure(mutual, new Tls(ca, server.certificate(), server.key(), null)))
                .contains("Received fatal alert: ");
    }

    @Test
    void saysWhereOnlyOneSideEncrypts() throws IOException {
        assertThat(failure(credentials(server), null))
                .isEqualTo("the server closed the connection at once; it may expect TLS");
        assertThat(failure(InsecureServerCredentials.create(), Tls.DEFAULT))
                .isEqualTo("io exception: the server does not speak TLS");
    }

    @Test
    void everyTargetProvesToBeItself() throws IOException {
        try (TestingRewardServer one = new TestingRewardServer(credentials(server));
                TestingRewardServer two = new TestingRewardServer(credentials(server))) {
            Tls tls = new Tls(server.certificate(), null, null, null);
            // The first has a name that its certificate does not have; the second is the one that answers.
            String targets = one.target().replace("localhost", "127.0.0.1") + "," + two.target();
            try (RewardClient client =
                    RewardClient.connect(new Connection(targets, tls, Duration.ofMinutes(1), Duration.ZERO))) {
                assertThat(client.listRewards()).isNotNull();
            }
        }
    }

    private static ServerCredentials credentials(TestingCertificate certificate) throws IOException {
        return TlsServerCredentials.create(
                certificate.certificate().toFile(), certificate.key().toFile());
    }

    /** Why a call fails; null where it does not. */
    private static @Nullable String failure(ServerCredentials credentials, @Nullable Tls tls) {
        try (TestingRewardServer server = new TestingRewardServer(credentials);
                RewardClient client = RewardClient.connect(
                        new Connection(server.target(), tls, Duration.ofMinutes(1), Duration.ZERO))) {
            client.listRewards();
            return null;
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            return Failures.describe(e.getStatus());
        }
    }
}
