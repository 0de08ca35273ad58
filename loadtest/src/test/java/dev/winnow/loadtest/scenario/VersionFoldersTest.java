package dev.winnow.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.loadtest.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFoldersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void versionsComeAndGoWhole() throws IOException {
        Bundle tiny = Bundle.open(Path.of("../reward-service/src/test/resources/bundles/tiny/1"), "");
        VersionFolders folders = VersionFolders.create(folder, tiny);
        Path versions = folders.served().resolve("tiny");

        assertThat(folders.moveNextIn()).isEqualTo("2").isEqualTo(folders.latest());
        assertThat(versions.resolve("1").resolve(Bundle.MANIFEST)).exists();
        assertThat(versions.resolve("2").resolve(Bundle.MANIFEST))
                .content()
                .contains("\nversion: '2'\n")
                .doesNotContain("version: '1'");
        assertThat(versions.resolve("2/model.onnx"))
                .hasSameBinaryContentAs(tiny.folder().resolve("model.onnx"));

        folders.moveOut("1");

        try (var left = Files.list(versions)) {
            assertThat(left).containsExactly(versions.resolve("2"));
        }
    }
}
