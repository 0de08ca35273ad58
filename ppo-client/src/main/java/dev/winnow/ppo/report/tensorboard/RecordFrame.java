package dev.winnow.ppo.report.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frame of a record in TensorFlow's record files, little-endian: its length in 8 bytes, their checksum in 4, the
 * record, its checksum in 4. A checksum is a CRC-32C, masked as tensorflow/core/lib/hash/crc32c.h says, since a CRC over
 * data that hold CRCs is weak.
 */
final class RecordFrame {
    private static final int MASK = 0xa282ead8;

    private RecordFrame() {}

    static ByteBuffer of(byte[] data) {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        return ByteBuffer.allocate(length.length + Integer.BYTES + data.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedChecksum(length))
                .put(data)
                .putInt(maskedChecksum(data))
                .flip();
    }

    static int maskedChecksum(byte[] data) {
        CRC32C checksum = new CRC32C();
        checksum.update(data);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    }
}
