package org.scorebook.cli;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.scorebook.recipe.ProgressListener;

/** What a person sees of long work: a bar in a terminal, a line at each quarter in a pipe. */
final class WorkBar implements ProgressListener, AutoCloseable {
    private static final int LINES = 4;

    private final PrintWriter out;
    private final boolean terminal = TrainingProgress.isTerminal();
    private String name = "";
    private long part;
    private ProgressBar bar;

    /** @param out takes the lines; bars are on standard error */
    WorkBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String newName, long done, long total) {
        if (!newName.equals(name)) {
            close();
            name = newName;
            part = 0;
            bar = terminal ? newBar(total) : null;
        }
        if (bar != null) {
            bar.stepTo(done);
        } else if (LINES * done / total > part) {
            part = LINES * done / total;
            out.println(name + ": " + done + " of " + total);
            out.flush();
        }
    }

    private ProgressBar newBar(long total) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setSpeedUnit(ChronoUnit.SECONDS)
                .showSpeed()
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
