package dev.winnow.service.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.wiring.TestingBundles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pings faster than any client of gRPC would: the least time between two of them is set to none for it. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
@TestProfile(KeepAliveTest.AnyNumberOfPings.class)
@Timeout(60)
class KeepAliveTest {
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int port;

    public static final class AnyNumberOfPings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.grpc.server.netty.permit-keep-alive-time", "0S");
        }
    }

    /** RFC 9113, sections 3.4 and 6.7. One ping too many is answered by GOAWAY. */
    @Test
    void anIdleClientMayPing() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            writeFrame(out, SETTINGS, new byte[0]);
            for (int ping = 0; ping < 10; ping++) {
                writeFrame(out, PING, new byte[Long.BYTES]);
                assertThat(nextFrameOfInterest(in)).as("type of the frame").isEqualTo(PING);
            }
        }
    }

    private static void writeFrame(DataOutputStream out, int type, byte[] payload) throws IOException {
        out.writeByte(0);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(0); // flags
        out.writeInt(0); // stream
        out.write(payload);
        out.flush();
    }

    private static int nextFrameOfInterest(DataInputStream in) throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << Short.SIZE | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readNBytes(1 + Integer.BYTES + length);
            if (type != SETTINGS && type != WINDOW_UPDATE) {
                return type;
            }
        }
    }
}
