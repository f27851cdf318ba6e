package org.scorebook.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
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
import java.util.Map;
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
     *
     * @param most the largest number of them
     */
    public static List<RunDirectory> list(Path runsFolder, int most) throws IOException {
        List<RunDirectory> runs = newestFirst(runsFolder)
                .flatMap(dated -> RunDirectory.listed(dated.path()).stream())
                .limit(most)
                .toList();
        askSlurm(runs);
        return runs;
    }

    /** Those that the index has need not be there any more, nor be runs. */
    private static Stream<Dated> newestFirst(Path runsFolder) throws IOException {
        List<Dated> runs = new ArrayList<>();
        for (Path searched : searched(runsFolder)) {
            if (Files.isDirectory(searched)) {
                runs.addAll(dated(searched));
            }
        }
        return runs.stream()
                .sorted(Comparator.comparing(Dated::created)
                        .thenComparing(Dated::id)
                        .reversed());
    }

    private static List<Dated> dated(Path folder) throws IOException {
        RunIndex index = new RunIndex(folder);
        Map<String, Instant> known = index.read();
        List<Dated> runs = new ArrayList<>();
        List<RunIndex.IndexedRun> found = new ArrayList<>();
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (Path path : inside) {
                Instant created = known.get(path.getFileName().toString());
                if (created != null) {
                    runs.add(new Dated(path, created));
                } else {
                    RunDirectory.listed(path).ifPresent(run -> runs.add(Dated.of(run, found)));
                }
            }
        }
        if (!found.isEmpty()) {
            index.add(found);
        }
        return runs;
    }

    private static void askSlurm(List<RunDirectory> runs) {
        List<String> jobs = runs.stream()
                .filter(run -> Files.exists(run.batchScript()))
                .flatMap(run -> run.openJob().stream())
                .toList();
        try {
            SlurmQueue.shared().prepare(jobs);
        } catch (SlurmException e) {
            // each run that it matters to says so
        }
    }

    private record Dated(Path path, Instant created) {
        static Dated of(RunDirectory run, List<RunIndex.IndexedRun> found) {
            try {
                Instant created = run.written().created();
                found.add(new RunIndex.IndexedRun(run.id(), created));
                return new Dated(run.path(), created);
            } catch (IOException e) {
                return new Dated(run.path(), timeOf(run.id())); // one that cannot be read must not hide the others
            }
        }

        String id() {
            return path.getFileName().toString();
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
        Optional<RunDirectory> found = search(id, runsFolder);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> newest = newestFirst(runsFolder)
                .flatMap(dated -> RunDirectory.listed(dated.path()).stream())
                .map(RunDirectory::id)
                .limit(5)
                .toList();
        throw new IllegalArgumentException(
                newest.isEmpty()
                        ? "there are no runs in " + words(runsFolder) + "; start one, or set " + VARIABLE
                                + " to the folder that has them"
                        : "there is no run " + id + " in " + words(runsFolder) + Names.hint(id, newest));
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

    /** A run by its ID, the newest run of a name, or of all for {@code latest}; empty where there is none. */
    static Optional<RunDirectory> search(String id, Path runsFolder) throws IOException {
        Pattern named = Pattern.compile(id.equals("latest") ? ".*" : "\\Q" + folderName(id) + "\\E" + ENDING);
        List<Dated> runs = newestFirst(runsFolder).toList();
        return Stream.concat(
                        runs.stream().filter(run -> run.id().equals(id)),
                        runs.stream().filter(run -> named.matcher(run.id()).matches()))
                .flatMap(run -> RunDirectory.listed(run.path()).stream())
                .findFirst();
    }

    /** The names of the runs, without the times of their IDs: at most five, the newest first. */
    static List<String> names(Path runsFolder) throws IOException {
        return newestFirst(runsFolder)
                .flatMap(dated -> RunDirectory.listed(dated.path()).stream())
                .map(r -> r.id().replaceFirst(ENDING + "$", ""))
                .distinct()
                .limit(5)
                .toList();
    }
}
