package dev.winnow.ppo.reward.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.HostAndPort;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private static final Path FILE = Path.of("pom.xml");

    @Test
    void hasOneAddressOrSeveral() {
        assertThat(Connection.to("a:1").addresses()).containsExactly(HostAndPort.fromString("a:1"));
        assertThat(Connection.to("a:1, [::1]:2").addresses())
                .containsExactly(HostAndPort.fromString("a:1"), HostAndPort.fromString("[::1]:2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]:9", "[::1]:9,localhost:9", "[2001:db8::1%eth0]:9"})
    void addressesMayBeThoseOfIpv6(String target) {
        ServiceChannel.balanced(Connection.to(target)).close(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", ":9000", "localhost:", "localhost:http", "localhost:70000"})
    void refusesATargetThatIsNoHostAndPort(String target) {
        assertThatThrownBy(() -> Connection.to(target)).hasMessage("target: '%s' (expected: HOST:PORT)", target);
        assertThatThrownBy(() -> Connection.to("a:1," + target))
                .hasMessage("target: '%s' (expected: HOST:PORT)", target);
    }

    @Test
    void refusesDurationsOutOfRange() {
        assertThatThrownBy(() -> new Connection("a:1", null, Duration.ZERO, Duration.ZERO))
                .hasMessage("timeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> new Connection("a:1", null, Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .hasMessage("patience: PT-1S (expected: >= 0)");
    }

    @Test
    void refusesTlsThatIsNotWhole() {
        assertThatThrownBy(() -> new Tls(null, FILE, null, null))
                .hasMessage("certificate: pom.xml, key: null (expected: both or none)");
        assertThatThrownBy(() -> new Tls(Path.of("none.pem"), null, null, null))
                .hasMessage("file: none.pem (expected: one that can be read)");
        Connection noCertificate =
                new Connection("a:1", new Tls(FILE, null, null, null), Duration.ofSeconds(1), Duration.ZERO);
        assertThatThrownBy(() -> ServiceChannel.direct(noCertificate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No certificate data found");
    }
}
