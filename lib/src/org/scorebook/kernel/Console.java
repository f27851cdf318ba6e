package org.scorebook.kernel;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Function;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * Replaces System.out, System.err and System.in by streams that belong to the cell whose thread uses them. A thread
 * belongs to the cell that started it, for good; workers of the common pool, which all cells share, to the newest cell.
 */
final class Console {
    private final InheritableThreadLocal<CellOutput> owner = new InheritableThreadLocal<>();
    private final Function<CellOutput, String> ask;
    private final PrintStream terminal = System.err;
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in = new Source();
    private volatile CellOutput newest;

    /**
     * @param ask reads a line from the user of the given cell
     * @param frames name the places in printed stack traces
     */
    Console(Function<CellOutput, String> ask, Frames frames) {
        this.ask = ask;
        this.out = new TraceStream(new CellStream(StreamType.OUT), frames);
        this.err = new TraceStream(new CellStream(StreamType.ERR), frames);
    }

    /** From now on this cell is the newest. Streams that an earlier cell put in their place are replaced again. */
    void begin(CellOutput cell) {
        newest = cell;
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }

    /** This thread, and every thread it starts from now on, prints in the newest cell. */
    void adopt() {
        owner.set(newest);
    }

    /** The cell that the current thread belongs to, or {@code null} before the first. */
    CellOutput current() {
        CellOutput own = Thread.currentThread() instanceof ForkJoinWorkerThread ? null : owner.get();
        return own == null ? newest : own;
    }

    private final class CellStream extends OutputStream {
        private final StreamType type;

        CellStream(StreamType type) {
            this.type = type;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            CellOutput cell = current();
            if (cell == null) {
                terminal.write(bytes, offset, length);
            } else {
                cell.write(type, bytes, offset, length);
            }
        }
    }

    private final class Source extends InputStream {
        private byte[] line = new byte[0];
        private int next;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            CellOutput cell = current();
            if (next == line.length) {
                if (cell == null || !cell.stdinAllowed()) {
                    return -1;
                }
                line = (ask.apply(cell) + "\n").getBytes(StandardCharsets.UTF_8);
                next = 0;
            }
            int count = Math.min(length, line.length - next);
            System.arraycopy(line, next, into, offset, count);
            next += count;
            return count;
        }

        @Override
        public synchronized int available() {
            return line.length - next;
        }

        /** As that of the stream that it stands for. */
        @Override
        public String toString() {
            return InputStream.class.getName() + "@" + Integer.toHexString(hashCode());
        }
    }
}
