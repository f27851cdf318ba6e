package org.scorebook.sweep;

import org.scorebook.view.Notebook;
import org.scorebook.view.Progress;

/** A sweep's progress on a notebook's page. */
final class SweepPage implements SweepListener, AutoCloseable {
    private final Progress progress;

    SweepPage(int runs) {
        progress = Notebook.progress("runs of the sweep", runs);
    }

    @Override
    public void news(int done, String sentence) {
        progress.to(done, sentence);
    }

    @Override
    public void close() {
        progress.close();
    }
}
