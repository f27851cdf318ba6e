package org.scorebook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Status;

/** Renews a panel each second until its run ends, or there was no news for so long. */
final class RunWatch implements Runnable {
    private static final int PERIOD_MILLIS = 1000;

    private final RunPanel panel;
    private final Duration patience;

    private RunWatch(RunPanel panel, Duration patience) {
        this.panel = panel;
        this.patience = patience;
    }

    /** Shows the panel at once, in the cell that asks for it, and leaves the rest to a thread that ends with the JVM. */
    static Thread start(RunDirectory directory, Duration patience) {
        RunPanel panel = new RunPanel(directory);
        try {
            panel.showAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(new RunWatch(panel, patience), "watch-" + directory.id());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try {
            Status status = panel.showAll();
            Instant news = Instant.now();
            while (status.state().isOpen()
                    && Duration.between(news, Instant.now()).compareTo(patience) < 0) {
                Thread.sleep(PERIOD_MILLIS);
                Status next = panel.showAll();
                news = next.equals(status) ? news : Instant.now();
                status = next;
            }
        } catch (InterruptedException | IOException | IllegalStateException e) {
            // the kernel is going away, or somebody has deleted the run: there is nothing more to show
            Thread.currentThread().interrupt();
        }
    }
}
