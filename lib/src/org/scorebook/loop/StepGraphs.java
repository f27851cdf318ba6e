package org.scorebook.loop;

import ai.djl.Device;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.scorebook.capture.CudaGraphs;
import org.scorebook.capture.GraphCapture.GraphRefused;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.machine.StopSignal;

/**
 * Lets a CUDA device repeat the steps of a training as graphs. A process of its own finds out whether it may, by {@link GraphTrial};
 * where it may not, steps are taken without.
 */
final class StepGraphs {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2); // the trial takes some ten seconds
    private static final long PAUSE = 50; // ms

    private final RunTrainer trainer;
    private final RunDirectory directory;
    private String told = "";

    StepGraphs(RunTrainer trainer, RunDirectory directory) {
        this.trainer = trainer;
        this.directory = directory;
    }

    /** To be called before the first step, for the trial needs memory of the device, too. */
    void prepare(RunConfig config, Device device) throws IOException {
        if (!device.isGpu()) {
            return;
        }
        try {
            CudaGraphs graphs = CudaGraphs.of(device);
            String answer = answer(config.precision().key());
            if (!answer.equals(GraphTrial.SAME)) {
                throw new GraphRefused(answer);
            }
            trainer.repeat(graphs);
            directory.log("steps are repeated as CUDA graphs");
        } catch (GraphRefused e) {
            tell(e.getMessage());
        }
    }

    private static String answer(String precision) throws IOException {
        long start = System.nanoTime();
        try (GraphProcess trial = new GraphProcess(GraphTrial.class, precision)) {
            Optional<String> answer = trial.answer();
            while (answer.isEmpty() && !StopSignal.isRaised() && System.nanoTime() - start < LONGEST) {
                Thread.sleep(PAUSE);
                answer = trial.answer();
            }
            return answer.orElse("the trial of them had no end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the trial of them was interrupted";
        }
    }

    /** To be called between steps: says it, if one could not be recorded. */
    void look() throws IOException {
        String obstacle = trainer.graphObstacle();
        if (!obstacle.isEmpty() && !obstacle.equals(told)) {
            tell(obstacle);
        }
    }

    private void tell(String obstacle) throws IOException {
        told = obstacle;
        directory.log("steps are not repeated as CUDA graphs: " + obstacle);
    }
}
