package dev.winnow.ppo.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.tensorboard.v1.Event;
import dev.winnow.tensorboard.v1.SessionLog.SessionStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFileTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.5Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void writesFramedEvents() throws IOException {
        try (TensorBoardFile file = TensorBoardFile.create(folder.resolve("tensorboard"), BEGIN, -1)) {
            file.append(-1, BEGIN.plusSeconds(1), Map.of("evaluation/reward/toxicity", -0.5));
            file.append(0, BEGIN.plusSeconds(2), Map.of("kl/reference", 0.0));
        }

        List<Event> events = events();

        assertThat(events).hasSize(4);
        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).getWallTime()).isEqualTo(1767225600.5);
        assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionStatus.SESSION_STATUS_START);
        assertThat(events.get(1).getStep()).isEqualTo(-1);
        assertThat(events.get(2).getStep()).isEqualTo(-1);
        assertThat(events.get(2).getSummary().getValue(0).getTag()).isEqualTo("evaluation/reward/toxicity");
        assertThat(events.get(2).getSummary().getValue(0).getSimpleValue()).isEqualTo(-0.5f);
        assertThat(events.get(3).getStep()).isZero();
        // A point whose value is left out, as is usual for 0, is none to TensorBoard.
        assertThat(events.get(3).getSummary().getValue(0).hasSimpleValue()).isTrue();
        assertThat(events.get(3).getWallTime()).isEqualTo(1767225602.5);
    }

    @Test
    void stepIsThereBeforeTheFileIsClosed() throws IOException {
        try (TensorBoardFile file = TensorBoardFile.create(folder.resolve("tensorboard"), BEGIN, 0)) {
            file.append(0, BEGIN, Map.of("entropy", 1.0));

            assertThat(events()).hasSize(3);
        }
    }

    @Test
    void goesOnInAFileOfItsOwnThatIsReadAfterTheFirst() throws IOException {
        TensorBoardFile.create(folder.resolve("tensorboard"), BEGIN, -1).close();
        TensorBoardFile.create(folder.resolve("tensorboard"), BEGIN, 7).close();
        TensorBoardFile.create(folder.resolve("tensorboard"), BEGIN.plusSeconds(1), 9)
                .close();

        assertThat(events()).extracting(Event::getStep).containsExactly(0L, -1L, 0L, 7L, 0L, 9L);
    }

    /** The check value of CRC-32C is that of RFC 3720, B.4: e3069283; the mask by hand. */
    @Test
    void masksTheChecksum() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(RecordFrame.maskedChecksum(digits)).isEqualTo((0xe3069283 >>> 15 | 0xe3069283 << 17) + 0xa282ead8);
    }

    /** The records of all files in the order of their names; fails where a frame is not right. */
    private List<Event> events() throws IOException {
        List<Event> events = new ArrayList<>();
        try (var files = Files.list(folder.resolve("tensorboard"))) {
            for (Path file : files.sorted().toList()) {
                assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining()) {
                    byte[] length = take(bytes, 8);
                    byte[] data = take(bytes, (int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong());
                    events.add(Event.parseFrom(data));
                }
            }
        }
        return events;
    }

    private static byte[] take(ByteBuffer bytes, int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        assertThat(bytes.getInt()).isEqualTo(RecordFrame.maskedChecksum(taken));
        return taken;
    }
}
