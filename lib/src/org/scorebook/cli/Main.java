package org.scorebook.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import org.scorebook.base.Invocation;
import org.scorebook.base.Sentence;
import org.scorebook.coursework.Course;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code environment/scorebook} passes on to Java. */
@Command(
        name = "scorebook",
        description = "Score-based, diffusion and energy-based generative models in Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Train.class,
            Sample.class,
            Evaluate.class,
            Models.class,
            Serve.class,
            Jobs.class,
            Data.class,
            Course.class,
            Info.class,
            Doctor.class,
            Completion.class,
            HelpCommand.class
        })
public final class Main {
    private static final int WRONG_COMMAND_LINE = 2;

    private Main() {}

    /**
     * Exits with 0; with 1 when the command failed; with 2 after a wrong command line or setting. A training that was told
     * to stop exits with 143 (SIGTERM), 130 (Ctrl-C) or 0 (SIGUSR1).
     */
    public static void main(String[] args) {
        CommandLine line = commandLine();
        int code = line.execute(dashed(args));
        line.getOut().flush(); // print alone does not, and exit loses what is left
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCommandName(Invocation.name())
                .setResourceBundle(new HelpTexts())
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler(Main::explain)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("scorebook: " + Sentence.of(e));
                    return e instanceof IllegalArgumentException ? WRONG_COMMAND_LINE : 1;
                });
    }

    /** Options may be written with underscores, as Python programs like them: {@code --batch_size}. */
    static String[] dashed(String... args) {
        return Arrays.stream(args).map(Main::dashed).toArray(String[]::new);
    }

    private static String dashed(String arg) {
        if (!arg.startsWith("--")) {
            return arg;
        }
        int end = arg.contains("=") ? arg.indexOf('=') : arg.length();
        return arg.substring(0, end).replace('_', '-') + arg.substring(end);
    }

    /** A sentence and what may have been meant, not the whole help text. */
    private static int explain(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("scorebook: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return WRONG_COMMAND_LINE;
    }
}
