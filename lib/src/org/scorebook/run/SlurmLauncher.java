package org.scorebook.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.AtomicFiles;
import org.scorebook.folder.RunDirectory;
import org.scorebook.slurm.BatchJob;
import org.scorebook.slurm.BatchScript;
import org.scorebook.slurm.Slurm;
import org.scorebook.slurm.SlurmOptions;

/**
 * Submits a job that trains. Its script stays in the run's directory, where a person can read and change it.
 *
 * @param options of a new script; null to submit the one that is there
 */
record SlurmLauncher(SlurmOptions options) implements Launcher {
    @Override
    public void launch(RunDirectory directory) throws IOException {
        if (options != null) {
            String text = script(directory).text();
            AtomicFiles.write(directory.batchScript(), text.getBytes(StandardCharsets.UTF_8));
        }
        String job = Slurm.submit(directory.batchScript(), "");
        directory.log("is Slurm job " + job);
        directory.update(status -> status.pid() == 0 && status.state().isOpen() ? status.inJob(job) : status);
    }

    private BatchScript script(RunDirectory directory) throws IOException {
        String classPath = ClassPath.shortened(ChildJava.classPath());
        List<String> command = new ArrayList<>(ChildJava.command(directory.logFile(), classPath));
        command.add(1, BatchJob.property(options));
        command.addAll(LocalLauncher.installed().program());
        command.add(directory.path().toString());
        return new BatchScript(directory.id(), directory.logFile(), Path.of("").toAbsolutePath(), options, "", command);
    }
}
