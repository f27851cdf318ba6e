package org.scorebook.folder;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;
import org.scorebook.config.RunConfig;
import org.scorebook.evaluate.EvaluationResult;
import org.scorebook.machine.Devices;
import org.scorebook.machine.ProcessMark;
import org.scorebook.slurm.BatchJob;
import org.scorebook.train.Checkpoint;

/**
 * The folder of one run, the only channel between the process that trains and those that look on: {@code config.json},
 * {@code status.json}, {@code metrics.jsonl}, {@code loss_history.json}, {@code samples}, {@code checkpoints},
 * {@code log.txt}; on a cluster {@code job.sbatch}.
 */
public final class RunDirectory {
    private static final Duration BETWEEN_UPDATES = Duration.ofMillis(500);

    /** Hundreds of nodes share the file system. */
    private static final Duration BETWEEN_UPDATES_OF_A_CLUSTER = Duration.ofSeconds(5);

    private static final int DIGITS = 8;

    private final Path path;
    private final StatusFile statusFile;
    private final MetricsFile metricsFile;
    private final Duration betweenUpdates;
    private Instant lastUpdate = Instant.EPOCH;
    private ProcessMark owner;

    private RunDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.statusFile = new StatusFile(this.path);
        this.metricsFile = new MetricsFile(this.path.resolve("metrics.jsonl"));
        this.betweenUpdates = BatchJob.current().isPresent() ? BETWEEN_UPDATES_OF_A_CLUSTER : BETWEEN_UPDATES;
    }

    /**
     * A new folder with the configuration in it, in state queued; its ID is the run's name and the time.
     *
     * @throws IllegalArgumentException for settings with which the training would fail later, or be in vain
     */
    public static RunDirectory create(RunConfig config, Path runsFolder) throws IOException {
        Require.given("runsFolder", runsFolder);
        Require.given("config", config).requireTrainable();
        RunDirectory created = new RunDirectory(Runs.newFolder(config.runName(), runsFolder));
        created.statusFile.create(); // first: who lists the runs now finds a whole status, or nothing
        Files.createDirectories(created.path.resolve("samples"));
        Files.createDirectories(Checkpoint.parentIn(created.path));
        created.writeConfig(config);
        new RunIndex(runsFolder)
                .add(List.of(
                        new RunIndex.IndexedRun(created.id(), created.written().created())));
        return created;
    }

    /** A folder that is there already. */
    public static RunDirectory open(Path path) {
        if (!isRun(path)) {
            throw new IllegalArgumentException(path + " must be the folder of a run, but has no status.json");
        }
        return new RunDirectory(path);
    }

    /** One that may have lost its {@code status.json}: empty for a folder that has nothing of a run. */
    static Optional<RunDirectory> listed(Path path) {
        boolean isRun = isRun(path)
                || Files.isRegularFile(path.resolve("config.json"))
                || Files.isDirectory(Checkpoint.parentIn(path));
        return isRun ? Optional.of(new RunDirectory(path)) : Optional.empty();
    }

    /** Whether a folder is one of a run. */
    public static boolean isRun(Path path) {
        return Files.isRegularFile(Require.given("path", path).resolve("status.json"));
    }

    /** The folder's name. */
    public String id() {
        return path.getFileName().toString();
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /** Replaces {@code config.json}. */
    public void writeConfig(RunConfig config) throws IOException {
        String json = config.toJsonWithVersion();
        AtomicFiles.write(path.resolve("config.json"), json.getBytes(StandardCharsets.UTF_8));
    }

    /** The settings that the run was created with; its epochs are those that it was last told to train. */
    public RunConfig config() throws IOException {
        return RunConfig.read(path.resolve("config.json"));
    }

    /** How the run is now; a run whose process is gone without a word has failed. */
    public Status status() throws IOException {
        return statusFile.read();
    }

    /** What {@code status.json} says, for the process that writes it: nobody is asked whether that lives. */
    public Status written() throws IOException {
        return statusFile.written().status();
    }

    /** The Slurm job that works on it, or will, going by what is written. */
    Optional<String> openJob() {
        try {
            Status status = written();
            return status.state().isOpen() ? Optional.ofNullable(status.slurmJob()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // whoever asks for its status is told
        }
    }

    /** Changes {@code status.json} with no other process in between; what the change throws leaves it as it was. */
    public Status update(Status.Change change) throws IOException {
        return statusFile.update(ofOwner(change));
    }

    /**
     * Gives the run to this process: what it then writes by this object it writes only while it has the run. A node that Slurm has
     * lost sight of can go on, while another has its job.
     *
     * @param change of the status that it finds, without the process
     */
    public Status take(Status.Change change) throws IOException {
        ProcessMark self = ProcessMark.current();
        owner = null;
        Status taken = update(status -> change.of(status).ofProcess(self));
        owner = self;
        return taken;
    }

    private Status.Change ofOwner(Status.Change change) {
        return status -> {
            boolean own = owner == null
                    || status.process().equals(owner) && Devices.machine().equals(status.host());
            if (!own) {
                throw new IOException("process " + status.pid() + " on " + status.host() + " has run " + id()
                        + " now: this one leaves it to that");
            }
            return change.of(status);
        };
    }

    /** As {@link #update}, also on a full disk. */
    public Status lastWord(Status.Change change) throws IOException {
        return statusFile.lastWord(ofOwner(change));
    }

    /**
     * Says how far the training is. Cheap enough for each step: it is written twice a second, on a cluster
     * every five seconds, and at the last step.
     *
     * @return whether it was written now
     */
    public boolean progress(Progressed progress) throws IOException {
        Instant now = Instant.now();
        boolean due = Duration.between(lastUpdate, now).compareTo(betweenUpdates) >= 0
                || progress.step() == progress.totalSteps();
        if (due) {
            update(status -> status.at(progress));
            lastUpdate = Instant.now(); // from its end on, or a slow disk would be written to all the time
        }
        return due;
    }

    /** Writes {@code config.json} again where somebody has deleted it from a run that trains, and says so. */
    public void keepConfig(RunConfig config) throws IOException {
        if (!Files.exists(path.resolve("config.json"))) {
            writeConfig(config);
            note("config.json was gone and is written again: somebody has deleted it from " + path);
        }
    }

    /** As {@link #progress}, written at once. */
    public void progressNow(Progressed progress) throws IOException {
        update(status -> status.at(progress));
    }

    /** Says in log and status what happened on the way. */
    public void note(String what) throws IOException {
        log(what);
        update(status -> status.noted(what));
    }

    /** Appends a line to {@code metrics.jsonl}: step, epoch, train_loss, lr, images_per_second, seconds and others. */
    public void appendMetrics(Map<String, ? extends Number> values) throws IOException {
        metricsFile.append(values);
    }

    /** All whole lines of {@code metrics.jsonl}, in order. */
    public List<Map<String, Double>> metrics() throws IOException {
        return metricsFile.read();
    }

    /** Drops the metrics of steps behind a checkpoint that is resumed. */
    public void truncateMetrics(long step) throws IOException {
        metricsFile.truncateAfter(step);
    }

    /** Replaces {@code loss_history.json}. */
    public void writeLossHistory(LossHistory history) throws IOException {
        AtomicFiles.write(path.resolve("loss_history.json"), history.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code loss_history.json} has, empty before the first epoch. */
    public LossHistory lossHistory() throws IOException {
        Path file = path.resolve("loss_history.json");
        if (!Files.exists(file)) {
            return LossHistory.EMPTY;
        }
        try {
            return LossHistory.fromJson(TextFile.read(file, "move it away"));
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new DamagedFile(
                    file, e, "mend it, or move it away to go on without the losses of the epochs that are done");
        }
    }

    /** Replaces the sample grid of a step. */
    public void writeSamples(long step, byte[] png) throws IOException {
        AtomicFiles.write(samplesOf(step), png);
    }

    /** Whether a step has a sample grid. */
    public boolean hasSamples(long step) {
        return Files.exists(samplesOf(step));
    }

    private Path samplesOf(long step) {
        return path.resolve("samples").resolve(stepName(step) + ".png");
    }

    /** The sample grids from the first step to the last. */
    public List<Path> samples() throws IOException {
        return steps("samples");
    }

    /** Replaces {@code evaluation.json}. */
    public void writeEvaluation(EvaluationResult result) throws IOException {
        AtomicFiles.write(path.resolve("evaluation.json"), result.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** The checkpoints' folders from the first step to the last. */
    public List<Path> checkpoints() throws IOException {
        return Checkpoint.list(Checkpoint.parentIn(path)).stream()
                .sorted(Comparator.comparingLong(Checkpoint::step))
                .map(Checkpoint::folder)
                .toList();
    }

    /** The newest checkpoint's folder. */
    public Optional<Path> latestCheckpoint() throws IOException {
        List<Path> all = checkpoints();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** So many digits that names sort as steps do. */
    private static String stepName(long step) {
        return String.format("step-%0" + DIGITS + "d", step);
    }

    private List<Path> steps(String folder) throws IOException {
        try (Stream<Path> files = Files.list(path.resolve(folder))) {
            return files.filter(f -> f.getFileName().toString().startsWith("step-"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    /** {@code log.txt}. */
    public Path logFile() {
        return path.resolve("log.txt");
    }

    /** The script of the run's Slurm job. */
    public Path batchScript() {
        return path.resolve("job.sbatch");
    }

    /** Appends a line with the time to {@code log.txt}. */
    public void log(String message) throws IOException {
        String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + message + "\n";
        String begin = isLogCutShort() ? "\n" : "";
        Files.writeString(logFile(), begin + line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean isLogCutShort() throws IOException {
        if (!Files.exists(logFile())) {
            return false;
        }
        try (FileChannel log = FileChannel.open(logFile())) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return log.size() > 0 && log.read(last, log.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** The last lines of {@code log.txt}, at most so many, without the frames of stack traces. */
    public List<String> logTail(int lines) throws IOException {
        if (!Files.exists(logFile())) {
            return List.of();
        }
        List<String> all = TextFile.read(logFile(), "move it away")
                .lines()
                .filter(line -> !line.startsWith("\t"))
                .toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /**
     * Puts it back in state queued, for a process that goes on with it.
     *
     * @throws IllegalStateException for a run that is at work, or has succeeded
     * @throws IOException if a file that it goes on with is damaged; nothing has changed then
     */
    public void reopen() throws IOException {
        queue(this::requireUnfinished, Status::queued);
    }

    private void requireUnfinished(Status status) {
        if (status.state().isOpen()) {
            throw new IllegalStateException("run " + id() + " is " + status.state() + ": there is nothing to resume");
        }
        if (status.state() == RunState.SUCCEEDED) {
            throw new IllegalStateException("run " + id() + " has succeeded: there is nothing to resume; to train it"
                    + " longer: " + TrainingProgram.installed().toExtend(path));
        }
    }

    /**
     * Lets a process go on with it, where the files that a training goes on with are good: of those who ask at the same time, one
     * may.
     *
     * @param check throws for a run that cannot go on, given how it is now
     * @param change to state queued
     */
    public void queue(Consumer<Status> check, Status.Change change) throws IOException {
        owner = null; // it is for whoever takes it next
        statusFile.reopen(check, status -> {
            config();
            metricsFile.check();
            lossHistory();
            requireLog();
            return change.of(status);
        });
    }

    private void requireLog() throws IOException {
        if (Files.exists(logFile()) && !(Files.isRegularFile(logFile()) && Files.isWritable(logFile()))) {
            throw new IOException(
                    logFile() + " must be a file that can be written: move away what is there, then resume the run");
        }
    }

    /** A file that exists from the wish to cancel until the run is resumed. */
    public Path cancelMarker() {
        return statusFile.cancelMarker();
    }

    /** Deletes what a killed process left half written. */
    public void sweep() throws IOException {
        for (Path folder : List.of(path, path.resolve("samples"), Checkpoint.parentIn(path))) {
            AtomicFiles.sweep(folder);
        }
    }
}
