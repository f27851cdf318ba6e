package org.scorebook.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.scorebook.base.AtomicFiles;
import org.scorebook.sandbox.Isolation;
import org.scorebook.sandbox.Programs;
import org.scorebook.sandbox.Sandbox;
import org.scorebook.sandbox.SandboxLimits;

/** Opens sandboxes in the system's folder for what is temporary, and clears away those of processes that were killed. */
final class Sandboxes {
    private static final String NAME = "scorebook-grade-";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

    Sandboxes() throws IOException {
        try (Stream<Path> inside = Files.list(temporary)) {
            for (Path folder : inside.filter(Sandboxes::isLeft).toList()) {
                AtomicFiles.delete(folder);
            }
        }
    }

    private static boolean isLeft(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(NAME + "[0-9]+-[0-9]+") || !Files.isDirectory(folder)) {
            return false;
        }
        long pid = Long.parseLong(name.substring(NAME.length()).split("-")[0]);
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty() || !process.get().isAlive();
    }

    Sandbox open(Programs programs, Isolation isolation, SandboxLimits limits, List<String> confine)
            throws IOException {
        String name = NAME + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new Sandbox(programs, isolation, limits, confine, temporary.resolve(name));
    }
}
