package org.scorebook.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.run.RunText;

/**
 * What a person sees of long work: a bar in a terminal, in a pipe a line after some seconds and at each quarter. Both say how
 * much longer it will take, going by the time since the first news of it.
 */
final class WorkBar implements ProgressListener, AutoCloseable {
    private static final int LINES = 4;
    private static final long EARLY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private List<String> parts = List.of();
    private String name = "";
    private long quarter;
    private boolean said;
    private long startNanos;
    private long startDone;
    private ProgressBar bar;

    /** @param out takes the lines; bars are on standard error */
    WorkBar(PrintWriter out) {
        this(out, TrainingProgress.isTerminal(), System::nanoTime);
    }

    /** @param nanos a clock that goes on evenly */
    WorkBar(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** Says what is to come, and from now on which part of it is being done. */
    void plan(List<String> names) {
        parts = List.copyOf(names);
        out.println(parts.size() + " parts: " + String.join(", ", parts));
        out.flush();
    }

    @Override
    public void at(String newName, long done, long total) {
        if (!newName.equals(name)) {
            begin(newName, done, total);
        }
        String left = left(done, total);
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(left);
        } else if (LINES * done / total > quarter || isEarly(done, total)) {
            quarter = LINES * done / total;
            said = true;
            out.println(part() + name + ": " + done + " of " + total + (left.isEmpty() ? "" : ", " + left));
            out.flush();
        }
    }

    private void begin(String newName, long done, long total) {
        close();
        name = newName;
        quarter = 0;
        said = false;
        startNanos = nanos.getAsLong();
        startDone = done;
        if (terminal) {
            bar = newBar(total);
        }
    }

    /** Whether it is time for a line before the first quarter, which can be far away. */
    private boolean isEarly(long done, long total) {
        return !said && done > startDone && done < total && nanos.getAsLong() - startNanos >= EARLY_NANOS;
    }

    /** Nothing before the second news, and nothing at the end. */
    private String left(long done, long total) {
        if (done <= startDone || done >= total) {
            return "";
        }
        double each = (nanos.getAsLong() - startNanos) / (double) (done - startDone);
        Duration left = Duration.ofNanos(Math.round(each * (total - done)));
        return "about " + RunText.duration(left) + " left" + (parts.isEmpty() ? "" : " of this part");
    }

    private String part() {
        int place = parts.indexOf(name);
        return place < 0 ? "" : "part " + (place + 1) + " of " + parts.size() + ", ";
    }

    private ProgressBar newBar(long total) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250);
        if (parts.contains(name)) {
            out.println(part() + name); // a bar beside so long a name would have no room
            out.flush();
            return builder.setTaskName("").hideEta().build();
        }
        return builder.setSpeedUnit(ChronoUnit.SECONDS).showSpeed().build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
