package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void cutsWhatLiesBehindAStep() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (LineFile lines = new LineFile(file)) {
            for (int step : new int[] {-1, 0, 0, 1}) {
                JsonObject line = new JsonObject();
                line.addProperty("step", step);
                line.addProperty("text", "<é\n");
                lines.append(List.of(line));
            }
        }
        Files.writeString(file, Files.readString(file) + "{\"step\":2,\"hal");

        Files.write(file, new byte[] {(byte) 0xc3}, StandardOpenOption.APPEND); // half an é

        LineFile.cutBehind(file, 1);
        assertThat(Files.readAllLines(file)).hasSize(4).contains("{\"step\":-1,\"text\":\"<é\\n\"}");
        LineFile.cutBehind(file, 0);
        assertThat(Files.readAllLines(file)).hasSize(3);
        LineFile.cutBehind(file, Integer.MIN_VALUE);
        assertThat(file).isEmptyFile();
        LineFile.cutBehind(folder.resolve("none"), 0);
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
