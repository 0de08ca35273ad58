package dev.winnow.service.model.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Finds the files that an ONNX graph takes weights from, in any of its tensors: the runtime would read them without a
 * word, though no hash in the manifest speaks of them. Walks {@code onnx.proto3} in its wire format, since a library for
 * it would read the weights too.
 */
final class ExternalData {
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    /** The messages on the way to where a tensor's data is. */
    private enum Message {
        MODEL,
        FUNCTION,
        GRAPH,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR,
        EXTERNAL_DATA_ENTRY
    }

    /** What each holds of the others, by number of the field. */
    private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 25, Message.FUNCTION),
            Message.FUNCTION, Map.of(7, Message.NODE),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE_TENSOR,
                            23, Message.SPARSE_TENSOR),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of(13, Message.EXTERNAL_DATA_ENTRY));

    private ExternalData() {}

    /** The files' paths as the graph has them, which the runtime takes from the graph's folder. */
    static Set<String> files(Path model) throws IOException {
        Set<String> files = new TreeSet<>();
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            collect(Message.MODEL, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), files);
        }
        return files;
    }

    private static void collect(Message message, ByteBuffer bytes, Set<String> files) {
        if (message == Message.EXTERNAL_DATA_ENTRY) {
            Map<Integer, String> entry = new HashMap<>();
            forEachField(
                    bytes,
                    (field, content) -> entry.put(
                            field, StandardCharsets.UTF_8.decode(content).toString()));
            if ("location".equals(entry.get(ENTRY_KEY))) {
                files.add(entry.getOrDefault(ENTRY_VALUE, ""));
            }
            return;
        }
        Map<Integer, Message> fields = FIELDS.getOrDefault(message, Map.of());
        forEachField(bytes, (field, content) -> {
            Message inner = fields.get(field);
            if (inner != null) {
                collect(inner, content, files);
            }
        });
    }

    /** Every field of a message that has a length: texts, bytes and messages. */
    private static void forEachField(ByteBuffer bytes, BiConsumer<Integer, ByteBuffer> action) {
        while (bytes.hasRemaining()) {
            long tag = readVarint(bytes);
            int wireType = (int) (tag & 7);
            switch (wireType) {
                case 0 -> readVarint(bytes);
                case 1 -> skip(bytes, Long.BYTES);
                case 2 -> {
                    int length = Math.toIntExact(readVarint(bytes));
                    action.accept(Math.toIntExact(tag >>> 3), bytes.slice(bytes.position(), length));
                    skip(bytes, length);
                }
                case 5 -> skip(bytes, Integer.BYTES);
                default ->
                    throw new IllegalArgumentException(
                            "wire type: %d (expected: one of 0, 1, 2, 5)".formatted(wireType));
            }
        }
    }

    private static void skip(ByteBuffer bytes, int length) {
        bytes.position(bytes.position() + length);
    }

    private static long readVarint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
