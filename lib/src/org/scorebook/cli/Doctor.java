package org.scorebook.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scorebook.checkup.Checkup;
import org.scorebook.checkup.Examination;
import org.scorebook.checkup.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scorebook doctor}: whether this machine can do what is needed, line by line as it is found out. */
@Command(
        name = "doctor",
        description = {
            "Look whether everything is there and works: versions, memory, disk, fonts, Jupyter, and whether the engine computes"
                    + " convolutions, gradients and training steps as it should, on each device. Takes some seconds.",
            "Exit code: 0 all is well; 1 something failed."
        },
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
    private final Map<String, Examination> examinations;

    @Spec
    private CommandSpec spec;

    Doctor() {
        this(Checkup.ofThisMachine());
    }

    /** @param examinations by what they look at, in the order to be done */
    Doctor(Map<String, Examination> examinations) {
        this.examinations = examinations;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean failed = false;
        for (Map.Entry<String, Examination> examination : examinations.entrySet()) {
            for (Finding finding : findings(examination.getKey(), examination.getValue())) {
                out.println(finding.line());
                out.flush();
                failed |= finding.isFailed();
            }
        }
        out.println(failed ? "Something failed: see above." : "All is well.");
        return failed ? 1 : 0;
    }

    private static List<Finding> findings(String subject, Examination examination) {
        try {
            return examination.findings();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.failed(subject, "interrupted"));
        } catch (Exception | LinkageError e) { // whatever is wrong with a machine, the other lines are worth having
            return List.of(Finding.failed(subject, sentence(e)));
        }
    }

    /** What happened and why. The engine's messages go on with C++ frames, which nobody needs here. */
    private static String sentence(Throwable e) {
        String text = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .map(message -> message.strip().lines().findFirst().orElseThrow())
                .distinct()
                .collect(Collectors.joining(": "));
        return text.isEmpty() ? e.getClass().getSimpleName() : text;
    }
}
