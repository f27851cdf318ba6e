package org.scorebook.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scorebook.base.Names;
import org.scorebook.slurm.SlurmException;
import org.scorebook.slurm.SlurmQueue;

/** The folder of all runs, and how a run gets its ID. */
public final class Runs {
    /** The environment variable that names the folder. */
    public static final String VARIABLE = "SCOREBOOK_RUNS";

    private static final String PROJECT = "scorebook.project";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final String ENDING = "-\\d{8}-\\d{6}(-\\d+)?";

    private Runs() {}

    /** The folder that {@code SCOREBOOK_RUNS} names, else {@code runs} where this process was started. */
    public static Path folder() {
        String variable = System.getenv(VARIABLE);
        return Path.of(variable == null || variable.isBlank() ? "runs" : variable)
                .toAbsolutePath()
                .normalize();
    }

    /** A new folder of a name and the time. Creating one fails where it exists, so no two get one ID, whichever processes start them. */
    public static Path newFolder(String name, Path runsFolder) throws IOException {
        Files.createDirectories(runsFolder);
        String base = folderName(name) + "-" + TIME.format(LocalDateTime.now());
        for (int k = 1; ; k++) {
            try {
                return Files.createDirectory(runsFolder.resolve(k == 1 ? base : base + "-" + k));
            } catch (FileAlreadyExistsException e) {
                // of the same second: the next number
            }
        }
    }

    private static String folderName(String runName) {
        return Names.ofFile(runName, "run");
    }

    /**
     * Where the runs of a folder are looked for: there, and for {@link #folder}, where no variable names it, also where the
     * project's commands and its notebooks put theirs. The start script gives the project's folder in a system property.
     */
    public static List<Path> searched(Path runsFolder) {
        String project = System.getProperty(PROJECT, "");
        String variable = System.getenv().getOrDefault(VARIABLE, "");
        if (project.isBlank() || !variable.isBlank() || !runsFolder.equals(folder())) {
            return List.of(runsFolder);
        }
        return Stream.of(runsFolder, Path.of(project, "runs"), Path.of(project, "notebooks", "runs"))
                .filter(folder -> folder.equals(runsFolder) || Files.isDirectory(folder))
                .distinct()
                .toList();
    }

    /**
     * The runs in a folder and where else is {@link #searched}, the newest first; one whose status cannot be read is as old as
     * its ID says. Slurm is asked once for all that are in its jobs.
     */
    public static List<RunDirectory> list(Path runsFolder) throws IOException {
        List<Dated> runs = new ArrayList<>();
        for (Path searched : searched(runsFolder)) {
            if (Files.isDirectory(searched)) {
                try (Stream<Path> folders = Files.list(searched)) {
                    folders.map(RunDirectory::listed)
                            .flatMap(Optional::stream)
                            .map(Dated::of)
                            .forEach(runs::add);
                }
            }
        }
        askSlurm(runs.stream().flatMap(run -> run.openJob().stream()).toList());
        return runs.stream()
                .sorted(Comparator.comparing(Dated::created)
                        .thenComparing(d -> d.run().id())
                        .reversed())
                .map(Dated::run)
                .toList();
    }

    private static void askSlurm(List<String> jobs) {
        try {
            SlurmQueue.shared().prepare(jobs);
        } catch (SlurmException e) {
            // each run that it matters to says so
        }
    }

    private record Dated(RunDirectory run, Instant created, Optional<String> openJob) {
        static Dated of(RunDirectory run) {
            try {
                Status status = run.written();
                boolean inSlurm = status.state().isOpen() && status.slurmJob() != null;
                return new Dated(run, status.created(), inSlurm ? Optional.of(status.slurmJob()) : Optional.empty());
            } catch (IOException e) {
                return new Dated(
                        run, timeOf(run.id()), Optional.empty()); // one that cannot be read must not hide the others
            }
        }

        private static Instant timeOf(String id) {
            Matcher time = Pattern.compile(".*-(\\d{8}-\\d{6})(-\\d+)?").matcher(id);
            try {
                return time.matches()
                        ? LocalDateTime.parse(time.group(1), TIME)
                                .atZone(ZoneId.systemDefault())
                                .toInstant()
                        : Instant.EPOCH;
            } catch (DateTimeParseException e) {
                return Instant.EPOCH;
            }
        }
    }

    /**
     * A run by its ID, the newest run of a name, or the newest of all for {@code latest}.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static RunDirectory find(String id, Path runsFolder) throws IOException {
        List<RunDirectory> runs = list(runsFolder);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("there are no runs in " + words(runsFolder) + "; start one, or set "
                    + VARIABLE + " to the folder that has them");
        }
        return id.equals("latest")
                ? runs.get(0)
                : search(id, runs)
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is no run " + id + " in " + words(runsFolder)
                                        + Names.hint(
                                                id,
                                                runs.stream()
                                                        .map(RunDirectory::id)
                                                        .limit(5)
                                                        .toList())));
    }

    /** Where was looked, for a sentence. */
    public static String words(Path runsFolder) {
        return String.join(
                " or ", searched(runsFolder).stream().map(Path::toString).toList());
    }

    /** Whether commands find the runs of a folder, an absolute path, wherever they are called. */
    public static boolean isFoundFromEverywhere(Path runsFolder) {
        Path project = Path.of(System.getProperty(PROJECT, "")).toAbsolutePath();
        boolean named = !System.getenv().getOrDefault(VARIABLE, "").isBlank();
        return named
                ? runsFolder.equals(folder())
                : List.of(project.resolve("runs"), project.resolve("notebooks").resolve("runs"))
                        .contains(runsFolder);
    }

    /** A run by its ID, or the newest run of a name; empty where there is none. */
    static Optional<RunDirectory> search(String id, Path runsFolder) throws IOException {
        return search(id, list(runsFolder));
    }

    private static Optional<RunDirectory> search(String id, List<RunDirectory> runs) {
        return Stream.concat(
                        runs.stream().filter(r -> r.id().equals(id)),
                        runs.stream().filter(r -> r.id().matches("\\Q" + folderName(id) + "\\E" + ENDING)))
                .findFirst();
    }

    /** The names of the runs, without the times of their IDs: at most five, the newest first. */
    static List<String> names(Path runsFolder) throws IOException {
        return list(runsFolder).stream()
                .map(r -> r.id().replaceFirst(ENDING + "$", ""))
                .distinct()
                .limit(5)
                .toList();
    }
}
