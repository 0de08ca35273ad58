package dev.winnow.ppo.report.tensorboard;

import dev.winnow.tensorboard.v1.Event;
import dev.winnow.tensorboard.v1.SessionLog;
import dev.winnow.tensorboard.v1.SessionLog.SessionStatus;
import dev.winnow.tensorboard.v1.Summary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

/**
 * An event file of TensorBoard, written while a run goes on: each step is there when {@link #append} returns, and a kill
 * leaves at most the last record cut short, which TensorBoard passes over. A run that goes on after a stop opens a file
 * of its own beside the earlier ones. Not thread-safe.
 */
public final class TensorBoardFile implements AutoCloseable {
    /** What TensorBoard asks of a file before it heeds where a session starts. */
    private static final String FORMAT = "brain.Event:2";

    private static final double NANOS_A_SECOND = 1e9;

    private final FileChannel file;

    private TensorBoardFile(FileChannel file) {
        this.file = file;
    }

    /**
     * Creates a file.
     *
     * @param folder {@code tensorboard} of the run's folder; made where it is missing
     * @param begin now. TensorBoard reads files in the order of their times, which are in their names
     * @param firstStep the first step that will be appended: TensorBoard drops what earlier files have of it and of
     *     later ones
     */
    public static TensorBoardFile create(Path folder, Instant begin, long firstStep) throws IOException {
        Files.createDirectories(folder);
        Instant free = begin;
        while (Files.exists(path(folder, free))) {
            free = free.plusNanos(1);
        }
        TensorBoardFile created = new TensorBoardFile(
                FileChannel.open(path(folder, free), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        created.write(event(begin).setFileVersion(FORMAT).build());
        created.write(event(begin)
                .setStep(firstStep)
                .setSessionLog(SessionLog.newBuilder().setStatus(SessionStatus.SESSION_STATUS_START))
                .build());
        return created;
    }

    /**
     * Adds a point to the curve of each metric, in single precision.
     *
     * @param time when the step was done
     */
    public void append(long step, Instant time, Map<String, Double> metrics) throws IOException {
        Summary.Builder summary = Summary.newBuilder();
        metrics.forEach((name, value) ->
                summary.addValue(Summary.Value.newBuilder().setTag(name).setSimpleValue(value.floatValue())));
        write(event(time).setStep(step).setSummary(summary).build());
    }

    private static Path path(Path folder, Instant begin) {
        return folder.resolve(
                "events.out.tfevents.%010d.%09d.winnow".formatted(begin.getEpochSecond(), begin.getNano()));
    }

    private static Event.Builder event(Instant time) {
        return Event.newBuilder().setWallTime(time.getEpochSecond() + time.getNano() / NANOS_A_SECOND);
    }

    private void write(Event event) throws IOException {
        ByteBuffer frame = RecordFrame.of(event.toByteArray());
        while (frame.hasRemaining()) {
            file.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
