package org.scorebook.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.scorebook.evaluate.WorkPart;
import org.scorebook.folder.RunText;
import org.scorebook.recipe.ProgressListener;

/**
 * What a person sees of long work: a bar in a terminal, in a pipe a line after some seconds and at each quarter. Both say how
 * much longer it will take, going by the time since the first news of it.
 */
public final class WorkBar implements ProgressListener, AutoCloseable {
    private static final int LINES = 4;
    private static final long EARLY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private List<WorkPart> parts = List.of();
    private String name = "";
    private long quarter;
    private boolean said;
    private long startNanos;
    private long startDone;
    private ProgressBar bar;

    /** @param out takes the lines; bars are on standard error */
    public WorkBar(PrintWriter out) {
        this(out, Terminal.isOne(), System::nanoTime);
    }

    /** @param nanos a clock that goes on evenly */
    WorkBar(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** Says what is to come, and how long it takes where that is known; from now on also which part of it is being done. */
    public void plan(List<WorkPart> all) {
        parts = List.copyOf(all);
        double seconds = secondsFrom(0);
        out.println(parts.size() + " parts: "
                + parts.stream().map(WorkPart::name).collect(Collectors.joining(", "))
                + (Double.isNaN(seconds) ? "" : "; about " + words(seconds) + " in all"));
        out.flush();
    }

    /** What parts from this one on will take; NaN where that is not known of each. */
    private double secondsFrom(int place) {
        return parts.stream().skip(place).mapToDouble(WorkPart::seconds).sum();
    }

    private static String words(double seconds) {
        return RunText.duration(Duration.ofMillis(Math.round(1000 * seconds)));
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

    /** Nothing before the second news; at the end of a part only what the others take. */
    private String left(long done, long total) {
        double later = place() < 0 ? 0 : secondsFrom(place() + 1);
        if (done >= total) {
            return later > 0 ? "about " + words(later) + " left in all" : "";
        }
        if (done <= startDone) {
            return "";
        }
        double each = (nanos.getAsLong() - startNanos) / 1e9 / (done - startDone);
        double left = each * (total - done);
        return "about " + words(left) + " left"
                + (parts.isEmpty() ? "" : " of this part")
                + (later > 0 ? ", " + words(left + later) + " in all" : "");
    }

    /** The place of the part that is being done; -1 where it is none of the plan. */
    private int place() {
        return parts.stream().map(WorkPart::name).toList().indexOf(name);
    }

    private String part() {
        return place() < 0 ? "" : "part " + (place() + 1) + " of " + parts.size() + ", ";
    }

    private ProgressBar newBar(long total) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250);
        if (place() >= 0) {
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
