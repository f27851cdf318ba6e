package org.scorebook.sweep;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.folder.TrainingProgram;
import org.scorebook.loop.TrainingLoop;
import org.scorebook.run.RunProcess;
import org.scorebook.run.SlurmArray;
import org.scorebook.slurm.QueuedJob;
import org.scorebook.slurm.SlurmException;
import org.scorebook.slurm.SlurmOptions;
import org.scorebook.slurm.SlurmQueue;
import org.scorebook.slurm.SlurmState;

/**
 * The members of a sweep as the tasks of an array of Slurm jobs, one a run. A task makes its run's folder when it begins; which job
 * each member was given is in {@code slurm.json}, so that none is given two.
 */
public final class SweepArray {
    private static final Type JOBS = TypeToken.getParameterized(TreeMap.class, Integer.class, String.class)
            .getType();

    private final SweepFolder folder;
    private final Sweep sweep;

    /** @param sweep that of the folder, but perhaps for figure and images */
    public SweepArray(SweepFolder folder, Sweep sweep) {
        this.folder = Require.given("folder", folder);
        this.sweep = Require.given("sweep", sweep);
    }

    /**
     * Submits the members that are neither trained nor in the queue.
     *
     * @param maxParallel at most so many at once; 0 for as many as the cluster gives
     * @param retry those that have failed, too
     * @return the numbers of the members submitted; none is fine
     * @throws SlurmException where Slurm refuses
     */
    public List<Integer> submit(SlurmOptions options, int maxParallel, boolean retry) throws IOException {
        Require.atLeast("max-parallel", maxParallel, 0);
        SlurmArray array = new SlurmArray(folder.id(), folder.path(), options);
        folder.write(sweep);
        List<Integer> left = new ArrayList<>();
        Map<Integer, RunDirectory> begun = folder.runs();
        Map<Integer, String> jobs = jobs();
        SlurmQueue.shared().prepare(jobs.values());
        for (SweepMember member : sweep.members()) {
            if (!isInQueue(jobs.get(member.index())) && isLeft(begun.get(member.index()), retry)) {
                left.add(member.index());
            }
        }
        if (!left.isEmpty()) {
            for (int index : left) {
                reopen(begun.get(index));
            }
            List<String> program = new ArrayList<>(TrainingProgram.installed().sweepCommand());
            program.add(folder.path().toString());
            String job = array.submit(ranges(left) + (maxParallel > 0 ? "%" + maxParallel : ""), program);
            left.forEach(index -> jobs.put(index, job + "_" + index));
            AtomicFiles.write(file(), new Gson().toJson(jobs).getBytes(StandardCharsets.UTF_8));
            for (int index : left) {
                if (begun.containsKey(index)) {
                    begun.get(index).update(status -> status.pid() == 0 ? status.inJob(jobs.get(index)) : status);
                }
            }
        }
        return left;
    }

    private static boolean isInQueue(String job) throws SlurmException {
        return job != null
                && SlurmQueue.shared()
                        .find(job)
                        .filter(found -> found.state().phase() != SlurmState.Phase.ENDED)
                        .isPresent();
    }

    /** @param run null where it was not begun */
    private boolean isLeft(RunDirectory run, boolean retry) throws IOException {
        if (run == null) {
            return true;
        }
        RunState state = run.status().state();
        return switch (state) {
            case SUCCEEDED ->
                sweep.figure().of(run, sweep.images()).isEmpty()
                        && sweep.figure().needsImages();
            case CANCELLED -> true;
            case FAILED -> retry;
            default -> false;
        };
    }

    private static void reopen(RunDirectory run) throws IOException {
        if (run != null && run.status().state() != RunState.SUCCEEDED) {
            run.reopen();
        }
    }

    /** As {@code 0-3,5,7-8}. */
    static String ranges(List<Integer> rising) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < rising.size(); ) {
            int to = from;
            while (to + 1 < rising.size() && rising.get(to + 1) == rising.get(to) + 1) {
                to++;
            }
            text.append(text.length() == 0 ? "" : ",").append(rising.get(from));
            text.append(to > from ? "-" + rising.get(to) : "");
            from = to + 1;
        }
        return text.toString();
    }

    private Path file() {
        return folder.path().resolve("slurm.json");
    }

    private Map<Integer, String> jobs() throws IOException {
        return Files.exists(file()) ? new Gson().fromJson(TextFile.read(file(), "delete it"), JOBS) : new TreeMap<>();
    }

    /** What Slurm says of the first member that waits, with its reason; empty where none does. */
    public Optional<String> waiting() throws IOException {
        Map<Integer, String> jobs = jobs();
        SlurmQueue.shared().prepare(jobs.values()); // asks nobody where there are none
        for (String job : jobs.values()) {
            Optional<QueuedJob> found = SlurmQueue.shared().find(job);
            if (found.isPresent() && found.get().state().phase() == SlurmState.Phase.WAITS) {
                return Optional.of(found.get().words());
            }
        }
        return Optional.empty();
    }

    /**
     * Does in this process what one task does: trains a member, from its newest checkpoint where it has one, and evaluates it where
     * the figure asks for that.
     */
    public Status runTask(int index) throws IOException {
        SweepMember member =
                sweep.members().get(Require.index("task", index, sweep.members().size()));
        RunDirectory run = folder.runs().get(index);
        if (run == null) {
            run = RunDirectory.create(member.config(sweep.base()), folder.path());
        }
        Status status = run.status();
        if (status.state() != RunState.SUCCEEDED) {
            status = RunProcess.run(run, TrainingLoop::new, (step, loss) -> {});
        }
        if (status.state() == RunState.SUCCEEDED
                && sweep.figure().needsImages()
                && sweep.figure().of(run, sweep.images()).isEmpty()) {
            RunEvaluation.write(run, sweep.images());
        }
        return status;
    }
}
