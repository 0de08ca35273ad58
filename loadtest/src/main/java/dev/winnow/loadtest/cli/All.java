package dev.winnow.loadtest.cli;

import dev.winnow.loadtest.report.Report;
import dev.winnow.loadtest.report.TextReport;
import dev.winnow.loadtest.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./winnow bench all}: one scenario after the other, with their defaults. */
@Command(name = "all", description = "Run all scenarios with their defaults, and write their results to a folder.")
final class All {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec specification;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Gets README.md with all tables, and SCENARIO.json and SCENARIO.png of each. Scenarios of an"
                    + " earlier run that are not run again stay.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "SCENARIO",
            description = "These only, in this order. Default: all.")
    private List<String> chosen = new ArrayList<>();

    /**
     * Runs the scenarios. One that cannot be run does not keep the others from it.
     *
     * @return whether every one was run and no claim fails
     */
    boolean run(Publisher publisher) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        ResultsPage page = ResultsPage.open(
                folder, all().stream().map(CommandLine::getCommandName).toList());
        boolean holds = true;
        for (CommandLine command : scenarios()) {
            String name = command.getCommandName();
            command.parseArgs();
            try {
                Report report = publisher.publish(
                        command.getCommand(), folder.resolve(name + ".png"), folder.resolve(name + ".json"));
                page.write(
                        name,
                        "%s%n%n```%n%s```%n%n![%s](%s.png)%n"
                                .formatted(
                                        TextReport.of(report.machine()),
                                        TextReport.of(report.result()),
                                        report.result().chart().title(),
                                        name));
                holds &= report.result().holds();
            } catch (IOException e) {
                command.getErr().printf("winnow: %s: %s%n", name, Bench.describe(e));
                page.write(name, "Could not be run: " + Bench.describe(e));
                holds = false;
            }
        }
        return holds;
    }

    private List<CommandLine> all() {
        return specification.parent().subcommands().values().stream()
                .filter(command -> command.getCommand() instanceof Scenario)
                .toList();
    }

    private List<CommandLine> scenarios() {
        if (chosen.isEmpty()) {
            return all();
        }
        var siblings = specification.parent().subcommands();
        List<CommandLine> commands = new ArrayList<>();
        for (String name : chosen) {
            CommandLine command = siblings.get(name);
            if (command == null || !(command.getCommand() instanceof Scenario)) {
                throw new IllegalArgumentException(
                        "--scenarios: '%s' (expected: a scenario of './winnow bench --help')".formatted(name));
            }
            commands.add(command);
        }
        return commands;
    }
}
