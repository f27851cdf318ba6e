package org.scorebook.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scorebook completion}. */
@Command(
        name = "completion",
        description = "Print a script that lets bash and zsh complete commands and options.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {"  source <(${ROOT-COMMAND-NAME} completion)"})
final class Completion implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash("scorebook", spec.root().commandLine()));
    }
}
