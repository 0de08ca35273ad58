package dev.winnow.loadtest.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Before a server that sends back what it is sent. */
@Timeout(60)
class ProxyTest {
    private final ServerSocket server;
    private final Proxy proxy;

    ProxyTest() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        proxy = new Proxy();
    }

    @BeforeEach
    void serve() {
        proxy.leadTo(server.getLocalPort());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket caller = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (caller) {
                            caller.getInputStream().transferTo(caller.getOutputStream());
                        } catch (IOException e) {
                            // The caller has gone.
                        }
                    });
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesOnInBothDirections() throws IOException {
        try (Socket caller = connect()) {
            assertThat(echo(caller, 'a')).isEqualTo('a');
            assertThat(echo(caller, 'b')).isEqualTo('b');
        }
    }

    @Test
    void whatIsCutEndsAndNewConnectionsTooUntilItHeals() throws IOException {
        try (Socket caller = connect()) {
            echo(caller, 'a');
            proxy.cut();
            assertThat(isEnded(caller)).isTrue();
        }
        try (Socket caller = connect()) {
            assertThat(isEnded(caller)).isTrue();
        }
        proxy.heal();
        try (Socket caller = connect()) {
            assertThat(echo(caller, 'a')).isEqualTo('a');
        }
    }

    @Test
    void whatIsStalledArrivesOnceItHeals() throws IOException {
        try (Socket caller = connect()) {
            echo(caller, 'a');
            proxy.stall();
            caller.getOutputStream().write('b');
            caller.setSoTimeout(200);
            assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            caller.setSoTimeout(0);
            assertThat(caller.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void delayIsOfEachDirection() throws IOException {
        try (Socket caller = connect()) {
            echo(caller, 'a');
            proxy.delay(Duration.ofMillis(50));
            long before = System.nanoTime();
            echo(caller, 'b');
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    private Socket connect() throws IOException {
        String address = proxy.address();
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }

    private static int echo(Socket caller, char letter) throws IOException {
        caller.getOutputStream().write(letter);
        return caller.getInputStream().read();
    }

    private static boolean isEnded(Socket caller) {
        try {
            caller.getOutputStream().write('x');
            return caller.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
