package dev.winnow.ppo.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A safetensors file, open for reading: eight bytes with the length of a JSON header, the header, the numbers. See
 * <a href="https://github.com/huggingface/safetensors#format">the format</a>. Not safe for several threads.
 */
public final class Safetensors implements Closeable {
    private static final int LENGTH_BYTES = 8;
    /** A buffer holds at most 2 GiB. */
    private static final long LARGEST_WRITE = 1 << 30;

    private final Path file;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment numbers;
    private final SequencedMap<String, SafetensorsHeader.Entry> entries;

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelFileException where it is cut short or no safetensors file
     */
    public Safetensors(Path file) throws IOException {
        this.file = file;
        try (FileChannel channel = FileChannel.open(file)) {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            long length = headerLength(bytes);
            numbers = bytes.asSlice(LENGTH_BYTES + length);
            byte[] header = bytes.asSlice(LENGTH_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
            entries = SafetensorsHeader.parse(file, header, numbers.byteSize());
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private long headerLength(MemorySegment bytes) throws ModelFileException {
        if (bytes.byteSize() < LENGTH_BYTES) {
            throw new ModelFileException(file, bytes.byteSize() + " bytes", "a safetensors file");
        }
        long length = bytes.asSlice(0, LENGTH_BYTES)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 0 || length > bytes.byteSize() - LENGTH_BYTES || length > Integer.MAX_VALUE) {
            throw new ModelFileException(
                    file, "a header of " + length + " bytes", "at most " + (bytes.byteSize() - LENGTH_BYTES));
        }
        return length;
    }

    public Set<String> names() {
        return entries.sequencedKeySet();
    }

    /**
     * Returns a copy of one tensor in its stored type; it belongs to the caller's scope.
     *
     * @param shape what it must be
     * @throws ModelFileException where the tensor is missing or of another shape
     */
    public Tensor read(String name, ComputeDevice device, long... shape) throws ModelFileException {
        SafetensorsHeader.Entry entry = entry(name);
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!entry.shape().equals(expected)) {
            throw new ModelFileException(file, name, entry.shape().toString(), expected.toString());
        }
        return read(entry, device);
    }

    /** Returns a copy of one tensor of whatever shape. */
    public Tensor read(String name) throws ModelFileException {
        return read(entry(name), ComputeDevice.CPU);
    }

    private Tensor read(SafetensorsHeader.Entry entry, ComputeDevice device) {
        MemorySegment values = numbers.asSlice(entry.begin(), entry.end() - entry.begin());
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        return Tensors.ofMemory(values, entry.type().scalarType(), device, shape);
    }

    private SafetensorsHeader.Entry entry(String name) throws ModelFileException {
        SafetensorsHeader.Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelFileException(file, name, "missing", "a tensor");
        }
        return entry;
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Writes a file as a whole or not at all: under another name first, which then takes the place of the old file. */
    public static void write(Path file, Map<String, Tensor> tensors, StoredType type) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] header = SafetensorsHeader.format(layOut(tensors, type));
            ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, length.putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors.values()) {
                write(channel, tensor, type);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static SequencedMap<String, SafetensorsHeader.Entry> layOut(Map<String, Tensor> tensors, StoredType type) {
        SequencedMap<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        long begin = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            List<Long> shape = Tensors.shape(tensor.getValue());
            long end = begin + type.bytes(tensor.getValue().numel());
            entries.put(tensor.getKey(), new SafetensorsHeader.Entry(type, shape, begin, end));
            begin = end;
        }
        return entries;
    }

    private static void write(FileChannel channel, Tensor tensor, StoredType type) throws IOException {
        try (PointerScope _ = new PointerScope()) {
            Tensor stored = Tensors.inMainMemory(tensor, type.scalarType());
            MemorySegment values = Tensors.memory(stored);
            for (long begin = 0; begin < values.byteSize(); begin += LARGEST_WRITE) {
                long bytes = Math.min(LARGEST_WRITE, values.byteSize() - begin);
                writeFully(channel, values.asSlice(begin, bytes).asByteBuffer());
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
