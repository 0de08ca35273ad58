package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinnowTest {
    private final TestingCommandLine winnow = new TestingCommandLine();

    @AfterEach
    void close() {
        winnow.close();
    }

    @Test
    void keepsGrpcFromLogging() {
        Winnow.quieten();

        assertThat(Logger.getLogger("io.grpc.internal.ManagedChannelImpl").isLoggable(Level.SEVERE))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "score",
                "score --target=host:1",
                "score --target=host --rewards=x",
                "score --target=host:1 --rewards=x@WORD",
                "score --target=host:1 --rewards=x --timeout=5",
                "score --target=host:1 --rewards=x --timeout=0s",
                "score --target=host:1 --rewards=x --batch=0",
                "score --target=host:1 --rewards=x --batch=2 --stream",
                "score --target=host:1 --rewards=x --nonsense",
                "show --target=host:1 --rewards=x onlyPrompt",
                "rewards",
                "bundles",
                "bundles drop --target=host:1",
                "bundles load --target=host:1",
                "bundles load tiny --target=host:1",
                "bundles load tiny/1/2 --target=host:1",
                "bundles list tiny/1 --target=host:1",
                "bundles load tiny/1 --force --target=host:1",
                "bundles --target=host",
                "train",
                "train --config=x.yaml",
                "train --run=x --nonsense",
                "sft",
                "generate",
                "generate --policy=x",
                "report",
                "report a b",
                "compare --out=x",
                "compare a b",
                "compare a --out=x --group=a --by=b",
                "compare a --out=x --group=("
            })
    void aWrongCommandExitsWithTwoAndSaysNothingOnStandardOutput(String command) {
        assertThat(winnow.run(command.isEmpty() ? new String[0] : command.split(" ")))
                .isEqualTo(2);
        assertThat(winnow.out()).isEmpty();
        assertThat(winnow.err()).startsWith("winnow: ").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "score --help",
                "rewards --help",
                "show --help",
                "bundles --help",
                "train --help",
                "sft --help",
                "generate --help",
                "report --help",
                "compare --help",
                "--version",
                "score --version",
                "show -V"
            })
    void helpAndVersionGoToStandardOutput(String command) {
        assertThat(winnow.run(command.split(" "))).isZero();
        assertThat(winnow.out()).isNotBlank();
        assertThat(winnow.err()).isEmpty();
    }
}
