package org.scorebook.loop;

import ai.djl.ndarray.NDList;
import java.util.function.Supplier;
import org.scorebook.capture.GraphCapture;

/** A CPU in the place of a device that repeats work: it records nothing, and does the work itself when it is to be repeated. */
class RepeatingCpu implements GraphCapture {
    private final int most;
    private int captures;
    private int replays;
    private int open;

    /** @param most how many works it takes; it refuses what comes after them */
    RepeatingCpu(int most) {
        this.most = most;
    }

    @Override
    public CapturedGraph capture(Supplier<NDList> work) {
        if (captures == most) {
            throw new GraphRefused("work number " + (captures + 1) + " is too much");
        }
        captures++;
        open++;
        return new CapturedGraph() {
            private NDList results = new NDList();

            @Override
            public NDList replay() {
                results.close();
                replays++;
                results = repeated(work);
                return results;
            }

            @Override
            public void close() {
                results.close();
                open--;
            }
        };
    }

    /** What the work gives this time. */
    NDList repeated(Supplier<NDList> work) {
        return work.get();
    }

    int captures() {
        return captures;
    }

    int replays() {
        return replays;
    }

    /** How many of what was recorded are not closed. */
    int open() {
        return open;
    }
}
