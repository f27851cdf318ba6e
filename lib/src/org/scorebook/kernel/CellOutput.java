package org.scorebook.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * What one cell, and every thread it started, prints and displays: sent under that cell's header, also after the cell has
 * ended. Text is gathered for a moment, since a message for each print would drown the browser; order is kept.
 */
final class CellOutput {
    private static final int FULL = 32 * 1024;
    private static final long DELAY_MILLIS = 40;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cell-output");
        thread.setDaemon(true);
        return thread;
    });

    private final ShellReplyEnvironment env;
    private final boolean stdinAllowed;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private StreamType pendingType = StreamType.OUT;
    private boolean flushScheduled;

    CellOutput(ShellReplyEnvironment env, boolean stdinAllowed) {
        this.env = env;
        this.stdinAllowed = stdinAllowed;
    }

    ShellReplyEnvironment env() {
        return env;
    }

    boolean stdinAllowed() {
        return stdinAllowed;
    }

    synchronized void write(StreamType type, byte[] bytes, int offset, int length) {
        if (type != pendingType) {
            send(pending.size());
            pendingType = type;
        }
        pending.write(bytes, offset, length);
        if (pending.size() >= FULL) {
            send(completeLength());
        } else if (!flushScheduled) {
            flushScheduled = true;
            TIMER.schedule(this::flushLater, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void display(DisplayData data) {
        publish(new PublishDisplayData(data));
    }

    /** Publishes after what was printed before it. */
    synchronized <T extends ContentType<T>> void publish(T content) {
        flush();
        env.publish(content);
    }

    synchronized void flush() {
        send(completeLength());
    }

    private synchronized void flushLater() {
        flushScheduled = false;
        flush();
    }

    private void send(int length) {
        if (length == 0) {
            return;
        }
        byte[] bytes = pending.toByteArray();
        pending.reset();
        pending.write(bytes, length, bytes.length - length);
        env.publish(new PublishStream(pendingType, new String(bytes, 0, length, StandardCharsets.UTF_8)));
    }

    /** A long print arrives in pieces that may end inside a character of several bytes: those bytes wait for the rest. */
    private int completeLength() {
        byte[] bytes = pending.toByteArray();
        int start = bytes.length - 1;
        while (start > 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = start < 0 ? 0 : bytes[start] & 0xFF;
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return bytes.length - start < needed ? start : bytes.length;
    }
}
