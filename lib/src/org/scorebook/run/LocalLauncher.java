package org.scorebook.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.TrainingProgram;
import org.scorebook.machine.Devices;
import org.scorebook.machine.ProcessMark;

/**
 * Starts a JVM that trains, in a session of its own where the system has {@code setsid}: neither the end of the process
 * that started it nor a signal to that process's group reaches it.
 *
 * @param program class and arguments; the run directory is added
 * @param queues the folder of the queues for devices; null for that of this process
 */
record LocalLauncher(List<String> program, Path queues) implements Launcher {
    LocalLauncher(List<String> program) {
        this(program, null);
    }

    /** Of the library's own program. */
    static LocalLauncher installed() {
        return new LocalLauncher(TrainingProgram.installed().command());
    }

    LocalLauncher at(int place) {
        Require.notNegative("place", place);
        return new LocalLauncher(program, Devices.queueFolder().resolve("place-" + place));
    }

    @Override
    public void launch(RunDirectory directory) throws IOException {
        File log = directory.logFile().toFile();
        ProcessBuilder builder = new ProcessBuilder(command(directory));
        Torch.prepare(builder.environment());
        if (queues != null) {
            builder.environment().put(Devices.LOCKS, queues.toString());
        }
        Process process = builder.redirectInput(
                        ProcessBuilder.Redirect.from(new File(ChildJava.isWindows() ? "NUL" : "/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        ProcessMark mark = ProcessMark.of(process.toHandle());
        directory.update(status -> status.pid() == 0 ? status.ofProcess(mark) : status);
    }

    private List<String> command(RunDirectory directory) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(ChildJava.command(directory.logFile(), ChildJava.classPath()));
        command.addAll(program);
        command.add(directory.path().toString());
        return command;
    }
}
