package org.scorebook.view;

import java.util.UUID;

/**
 * A bar on the page that moves while work goes on, from any thread; as text, a line for each tenth. Redrawn at most ten
 * times a second, so that it may be stepped in an inner loop.
 */
public final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;

    private final Display display;
    private final String title;
    private final long total;
    private final boolean text;
    private final String id = UUID.randomUUID().toString();
    private final long started = System.nanoTime();
    private long done;
    private String note = "";
    private long lastDrawn;
    private long lastTenth = -1;
    private boolean shown;

    Progress(Display display, String title, long total) {
        if (total <= 0) {
            throw new IllegalArgumentException("total must be positive, but is " + total);
        }
        this.display = display;
        this.title = title;
        this.total = total;
        this.text = !(display instanceof KernelDisplay);
        draw();
    }

    /** One step is done. */
    public synchronized void step() {
        to(done + 1, note);
    }

    /**
     * @param newDone how many of the total steps are done
     * @param newNote a few words shown behind the bar, for instance the loss
     */
    public synchronized void to(long newDone, String newNote) {
        if (newDone < 0 || newDone > total) {
            throw new IllegalArgumentException("done must be from 0 to " + total + ", but is " + newDone);
        }
        done = newDone;
        note = newNote;
        if (System.nanoTime() - lastDrawn >= REDRAW_NANOS) {
            draw();
        }
    }

    /** Draws the last state, whatever it is: a bar that stopped early stays where it stopped. */
    @Override
    public synchronized void close() {
        draw();
    }

    private synchronized void draw() {
        long tenth = 10 * done / total;
        if (text && tenth == lastTenth) {
            return;
        }
        lastTenth = tenth;
        lastDrawn = System.nanoTime();
        display.show(html(), text(), id, shown);
        shown = true;
    }

    /** Spaced with characters: JupyterLab drops the styles that would do it. */
    private String html() {
        return "<div>" + Notebook.escape(title) + "&ensp;" + Live.bar(done, total) + "&ensp;" + Notebook.escape(state())
                + "</div>";
    }

    private String text() {
        return title + ": " + state();
    }

    private String state() {
        double seconds = (System.nanoTime() - started) / 1e9;
        String time = done == total || done == 0
                ? String.format("%.1f s", seconds)
                : String.format("%.1f s, %.0f s left", seconds, Math.ceil(seconds * (total - done) / done));
        return done + " of " + total + " (" + time + ")" + (note.isEmpty() ? "" : ", " + note);
    }
}
