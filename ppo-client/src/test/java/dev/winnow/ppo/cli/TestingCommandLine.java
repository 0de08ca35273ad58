package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.TestingRewardServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The command line with a server of its own, and what it has printed. */
final class TestingCommandLine implements AutoCloseable {
    private final TestingRewardServer server = new TestingRewardServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    TestingRewardServer server() {
        return server;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** The exit status. */
    int run(String... arguments) {
        CommandLine command = Winnow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        int exit = command.execute(arguments);
        command.getOut().flush();
        return exit;
    }

    @Override
    public void close() {
        server.close();
    }
}
