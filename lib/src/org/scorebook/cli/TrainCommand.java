package org.scorebook.cli;

import java.util.List;
import org.scorebook.run.TrainingProgram;

/** What the processes of jobs run: {@code scorebook train --run-dir}. */
public final class TrainCommand implements TrainingProgram {
    @Override
    public List<String> command() {
        return List.of(Main.class.getName(), "train", "--run-dir");
    }
}
