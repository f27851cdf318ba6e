package org.scorebook.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.slurm.BatchJob;
import org.scorebook.slurm.BatchScript;
import org.scorebook.slurm.Slurm;
import org.scorebook.slurm.SlurmOptions;

/**
 * An array of Slurm jobs that run one program, each with a number of its own in {@code SLURM_ARRAY_TASK_ID}.
 *
 * @param name of the jobs
 * @param folder takes the script, {@code job.sbatch}, and what the jobs print, {@code log.txt}
 * @param options of each job
 */
public record SlurmArray(String name, Path folder, SlurmOptions options) {
    /** @throws IllegalArgumentException for jobs that are to submit themselves again: of an array Slurm only puts back what it ends */
    public SlurmArray {
        Require.given("name", name);
        Require.given("folder", folder);
        if (Require.given("options", options).resubmit()) {
            throw new IllegalArgumentException(
                    "the jobs of an array cannot submit themselves again: leave out --resubmit");
        }
    }

    /**
     * Writes the script and submits it.
     *
     * @param tasks the numbers, such as {@code 0-7%4}
     * @param program the main class and its arguments
     * @return the ID that all have in common
     * @throws org.scorebook.slurm.SlurmException with Slurm's own words where it refuses
     */
    public String submit(String tasks, List<String> program) throws IOException {
        Path log = folder.resolve("log.txt");
        String classPath = ClassPath.shortened(ChildJava.classPath());
        List<String> command = new ArrayList<>(ChildJava.command(log, classPath));
        command.add(1, BatchJob.property(options));
        command.addAll(Require.given("program", program));
        BatchScript script = new BatchScript(
                name, log, Path.of("").toAbsolutePath(), options, Require.given("tasks", tasks), command);
        Path file = folder.resolve("job.sbatch");
        AtomicFiles.write(file, script.text().getBytes(StandardCharsets.UTF_8));
        return Slurm.submit(file, "");
    }
}
