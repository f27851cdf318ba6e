package org.scorebook.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What {@code environment/scorebook} passes on to Java. */
@Command(
        name = "scorebook",
        description = "Score-based, diffusion and energy-based generative models in Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {Info.class, HelpCommand.class})
public final class Main {
    private Main() {}

    /** Exits with 0, with 2 after a wrong command line, with 1 when the command failed. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Main());
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println("scorebook: " + (e.getMessage() == null ? e : e.getMessage()));
            return 1;
        });
        System.exit(command.execute(args));
    }
}
