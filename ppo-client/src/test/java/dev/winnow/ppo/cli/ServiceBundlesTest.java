package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** Bundles that the packaged service unloads and loads by command. */
@Timeout(300)
class ServiceBundlesTest {
    @Test
    void aBundleIsUnloadedAndComesBack() throws IOException {
        try (TestingService service = new TestingService("-Dwinnow.admin.enabled=true")) {
            assertThat(bundles(service)).contains("toxicity/1     serving, latest");
            assertThat(bundles(service, "unload", "qa-feedback/1")).contains("qa-feedback/1  unloaded");
            assertThat(bundles(service)).contains("qa-feedback/1  unloaded", "toxicity/1     serving, latest");
            assertThat(bundles(service, "load", "qa-feedback/1")).contains("qa-feedback/1  serving, latest");
            StringWriter errors = new StringWriter();
            assertThat(run(errors, "bundles", "load", "toxicity/9", "--target", service.target()))
                    .isEqualTo(1);
            assertThat(errors.toString()).startsWith("winnow: NOT_FOUND: ").contains("toxicity/1");
        }
    }

    private static String bundles(TestingService service, String... action) {
        List<String> arguments = new ArrayList<>(List.of("bundles", "--target", service.target()));
        arguments.addAll(List.of(action));
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine command = Winnow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors, true));
        assertThat(command.execute(arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return out.toString();
    }

    private static int run(StringWriter errors, String... arguments) {
        CommandLine command = Winnow.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }
}
