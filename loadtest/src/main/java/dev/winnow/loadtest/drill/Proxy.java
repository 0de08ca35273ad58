package dev.winnow.loadtest.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between callers and a server: it passes bytes on, and can be cut, stalled and slowed down. Its own address
 * stays the same whatever server is behind it. What happens to single packets is beyond it.
 */
final class Proxy implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int serverPort;
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;
    private final Gate gate = new Gate();

    Proxy() throws IOException {
        listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** Returns where callers connect, {@code HOST:PORT}. */
    String address() {
        return "localhost:" + listener.getLocalPort();
    }

    /** Passes new connections on to a port of this machine. */
    void leadTo(int port) {
        serverPort = port;
    }

    /** Ends all connections, and new ones at once. */
    void cut() {
        cut = true;
        open.forEach(Proxy::close);
    }

    /** Keeps all connections, and lets nothing through. */
    void stall() {
        gate.shut();
    }

    /** Lets every chunk of bytes wait, in both directions. */
    void delay(Duration time) {
        delay = time;
    }

    /** Lets everything through at once again. */
    void heal() {
        cut = false;
        delay = Duration.ZERO;
        gate.open();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was there.
            }
        }
    }

    private void connect(Socket caller) {
        open.add(caller);
        try {
            if (cut) {
                end(caller);
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            open.add(server);
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(caller, server));
            pass(server, caller);
        } catch (IOException e) {
            end(caller); // there is no server
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                gate.await();
                Thread.sleep(delay);
                out.write(chunk, 0, length);
            }
        } catch (IOException | InterruptedException e) {
            // One side has gone; the other is told so.
        }
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        close(socket);
        open.remove(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        gate.open();
        open.forEach(Proxy::close);
    }

    /** Threads wait at it while it is shut. */
    private static final class Gate {
        private boolean shut;

        synchronized void shut() {
            shut = true;
        }

        synchronized void open() {
            shut = false;
            notifyAll();
        }

        synchronized void await() throws InterruptedException {
            while (shut) {
                wait();
            }
        }
    }
}
