package dev.winnow.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.loadtest.drill.Drill;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** All drills in their short form, against the packaged service. */
@Timeout(600)
class DrillEndToEndTest {
    private static final String TINY = "../reward-service/src/test/resources/bundles";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void nothingIsLostWrongOrDeliveredTwice() throws IOException {
        Path json = folder.resolve("drill.json");
        int exit = run("all --short --replicas 2 --bundle tiny/response --setting winnow.reload.interval=1S --bundles "
                + TINY + " --json " + json + " --chart " + folder.resolve("drill.png"));

        JsonNode result = new ObjectMapper().readTree(json.toFile()).path("result");
        assertThat(result.at("/tables/0/rows")).hasSize(Drill.values().length).allSatisfy(row -> {
            assertThat(row.path(1).asInt())
                    .as("asked")
                    .isPositive()
                    .isEqualTo(row.path(2).asInt());
        });
        assertThat(result.path("checks"))
                .allSatisfy(check -> assertThat(check.path("verdict").asText())
                        .as(check.toString())
                        .isEqualTo("HOLDS"));
        assertThat(exit).isZero();
    }

    @Test
    void aDrillThatThereIsNotIsRefused() {
        assertThat(run("earthquake")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private static int run(String arguments) {
        return new CommandLine(new DrillCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments.split(" "));
    }
}
