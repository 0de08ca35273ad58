package dev.winnow.loadtest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSamplesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void readsAResponseALineAndBeginsAgain() throws IOException {
        FileSamples samples = FileSamples.read(Files.writeString(folder.resolve("texts.txt"), "one\ntwo {}\n"));

        assertThat(samples.next().getResponse()).isEqualTo("one");
        assertThat(samples.next().getResponse()).isEqualTo("two {}");
        assertThat(samples.next().getResponse()).isEqualTo("one");
    }

    @Test
    void readsSamples() throws IOException {
        FileSamples samples = FileSamples.read(
                Files.writeString(folder.resolve("samples.jsonl"), "{\"prompt\": \"Why?\", \"response\": \"So.\"}\n"));

        assertThat(samples.next().getPrompt()).isEqualTo("Why?");
    }

    @Test
    void namesTheLineThatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("samples.jsonl"), "{}\n{\"respond\": 1}\n");

        assertThatIOException().isThrownBy(() -> FileSamples.read(file)).withMessageContaining("line 2");
        assertThatIOException()
                .isThrownBy(() -> FileSamples.read(Files.createFile(folder.resolve("empty.txt"))))
                .withMessageContaining("no line");
    }
}
