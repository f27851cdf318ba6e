package org.scorebook.loop;

import ai.djl.Device;
import java.io.IOException;
import java.util.Optional;
import org.scorebook.aten.CudaGraphs;
import org.scorebook.aten.GraphCapture.GraphRefused;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;

/**
 * Lets a CUDA device repeat the steps of a training as graphs. A process of its own finds out whether it may, by {@link GraphTrial};
 * until then, and where it may not, steps are taken without.
 */
final class StepGraphs implements AutoCloseable {
    private final RunTrainer trainer;
    private final RunDirectory directory;
    private CudaGraphs graphs;
    private GraphProcess trial;
    private String told = "";

    StepGraphs(RunConfig config, RunTrainer trainer, RunDirectory directory, Device device) throws IOException {
        this.trainer = trainer;
        this.directory = directory;
        if (device.isGpu()) {
            try {
                graphs = CudaGraphs.ofThisProcess();
                trial = new GraphProcess(GraphTrial.class, config.precision().key());
            } catch (GraphRefused e) {
                tell(e.getMessage());
            }
        }
    }

    /** To be called between steps. */
    void look() throws IOException {
        Optional<String> answer = trial == null ? Optional.empty() : trial.answer();
        if (answer.isPresent()) {
            close();
            if (answer.get().equals(GraphTrial.SAME)) {
                trainer.repeat(graphs);
                directory.log("steps are repeated as CUDA graphs");
            } else {
                tell(answer.get());
                graphs = null;
            }
        }
        if (trial == null && graphs != null && !trainer.graphObstacle().equals(told)) {
            tell(trainer.graphObstacle());
        }
    }

    private void tell(String obstacle) throws IOException {
        told = obstacle;
        directory.log("steps are not repeated as CUDA graphs: " + obstacle);
    }

    /** Ends the trial, if it is still at work. */
    @Override
    public void close() throws IOException {
        if (trial != null) {
            trial.close();
            trial = null;
        }
    }
}
