package org.scorebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.scorebook.base.Invocation;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Status;
import org.scorebook.run.RunListener;
import org.scorebook.terminal.Terminal;

/** What a person who started a training sees of it: a bar in a terminal, lines in a pipe. */
interface TrainingProgress extends RunListener, AutoCloseable {
    @Override
    void close();

    /** The form that suits where the output goes. */
    static TrainingProgress of(RunDirectory run, PrintWriter out) throws IOException {
        return Terminal.isOne() ? new Bar(run, out) : new Lines(run, out);
    }

    private static void say(PrintWriter out, String sentence) {
        out.println(sentence);
        out.flush();
    }

    private static void sayWaits(PrintWriter out, String device) {
        say(out, "waits for " + device + ", where another run trains: " + Invocation.of("jobs list") + " shows which");
    }

    private static Status status(RunDirectory run) {
        try {
            return run.status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On standard error, as such bars are. */
    final class Bar implements TrainingProgress {
        private final RunDirectory run;
        private final PrintWriter out;
        private ProgressBar bar;

        Bar(RunDirectory run, PrintWriter out) {
            this.run = run;
            this.out = out;
        }

        @Override
        public void waits(String device) {
            sayWaits(out, device);
        }

        @Override
        public void remark(String sentence) {
            say(out, sentence);
        }

        @Override
        public void step(long step, double loss) {
            if (bar == null) { // the first step: how many there will be is known now
                bar = new ProgressBarBuilder()
                        .setTaskName("training")
                        .setInitialMax(status(run).totalSteps())
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(250)
                        .startsFrom(step - 1, Duration.ZERO)
                        .setSpeedUnit(ChronoUnit.SECONDS)
                        .showSpeed()
                        .build();
            }
            bar.stepTo(step);
            bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", loss));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /** One line at each interval of the log. */
    final class Lines implements TrainingProgress {
        private final RunDirectory run;
        private final PrintWriter out;
        private final int interval;

        Lines(RunDirectory run, PrintWriter out) throws IOException {
            this.run = run;
            this.out = out;
            this.interval = run.config().logInterval();
        }

        @Override
        public void waits(String device) {
            sayWaits(out, device);
        }

        @Override
        public void remark(String sentence) {
            say(out, sentence);
        }

        @Override
        public void step(long step, double loss) {
            if (step % interval == 0) {
                long total = status(run).totalSteps();
                out.println(String.format(Locale.ROOT, "step %d of %d, loss %.5g", step, total, loss));
                out.flush();
            }
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
