package dev.winnow.ppo.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a run goes on from.
 *
 * @param folder with the tensors and the configuration
 * @param progress all else
 */
record Checkpoint(Path folder, Progress progress) {
    private static final int FORMAT = 1;
    private static final String PROGRESS = "checkpoint.json";
    private static final String CONFIGURATION = "run.yaml";
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * Where a run stands.
     *
     * @param format of the folder
     * @param steps that were taken
     * @param inputs checksums of the files that the run reads, by the keys of the configuration that name them
     */
    record Progress(int format, int steps, TrainingState state, Map<String, String> inputs) {
        Progress(int steps, TrainingState state, Map<String, String> inputs) {
            this(FORMAT, steps, state, inputs);
        }
    }

    Path configuration() {
        return folder.resolve(CONFIGURATION);
    }

    /** Writes all but the tensors, which are in the folder already, and the checksums of all. */
    static void finish(Path folder, Progress progress, String configuration) throws IOException {
        Files.writeString(folder.resolve(PROGRESS), JSON.toJson(progress));
        Files.writeString(folder.resolve(CONFIGURATION), configuration);
        Checksums.write(folder);
    }

    /** Reads a folder whose checksums are right. */
    static Checkpoint read(Path folder) throws IOException {
        Path file = folder.resolve(PROGRESS);
        try {
            Progress progress = JSON.fromJson(Files.readString(file), Progress.class);
            if (progress.format() != FORMAT) {
                throw new IOException("%s: format %d (expected: %d)".formatted(file, progress.format(), FORMAT));
            }
            return new Checkpoint(folder, progress);
        } catch (JsonParseException e) {
            throw new IOException(file + ": no checkpoint of this program", e);
        }
    }
}
