package org.scorebook.coursework;

import picocli.CommandLine.Command;

/** The command {@code course}: from the notebooks with all solutions to marks. */
@Command(
        name = "course",
        description = "Hands out, hands in and marks coursework.",
        mixinStandardHelpOptions = true,
        subcommands = {})
public final class Course {}
