package org.scorebook.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A print stream of cells: stack traces printed to it, or into a text that is then printed to it, name cells and lines, and
 * classes of cells have their own names.
 */
final class TraceStream extends PrintStream {
    private final Frames frames;
    private boolean belowCell;

    TraceStream(OutputStream out, Frames frames) {
        super(out, true, StandardCharsets.UTF_8);
        this.frames = frames;
    }

    /** All that is printed as text comes through here, whole lines too. */
    @Override
    public void print(String text) {
        super.print(text == null ? null : frames.shown(text));
    }

    /** Throwable prints its trace through this call, line by line, and holds this stream's lock meanwhile. */
    @Override
    public synchronized void println(Object line) {
        if (!(line instanceof String text) || !Frames.isPrinted(text)) {
            belowCell = false;
            super.println(line);
            return;
        }
        String shown = belowCell ? null : frames.printed(text);
        belowCell |= Frames.isBottom(text);
        if (shown != null) {
            super.println((Object) shown);
        }
    }

    /** As that of the stream that it stands for. */
    @Override
    public String toString() {
        return PrintStream.class.getName() + "@" + Integer.toHexString(hashCode());
    }
}
