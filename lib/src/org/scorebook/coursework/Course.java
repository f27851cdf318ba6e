package org.scorebook.coursework;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code course}: from the notebooks with all solutions to marks. */
@Command(
        name = "course",
        description = "Hand out, hand in and mark coursework.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {Student.class, Grade.class, Submit.class})
public final class Course implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
