package org.scorebook.capture;

import ai.djl.ndarray.NDList;
import java.util.function.Supplier;
import org.scorebook.base.Require;

/** Records work of a device, so that the device can repeat it as a whole, without the host's telling it each operation. */
@FunctionalInterface
public interface GraphCapture {
    /**
     * Records work, which is not done by that.
     *
     * @param work the same operations on the same arrays each time; it asks the device for no number
     * @return what the work becomes; to be closed
     * @throws GraphRefused if the work cannot be recorded; all is as it was before then
     */
    CapturedGraph capture(Supplier<NDList> work);

    /** Work that was recorded. */
    interface CapturedGraph extends AutoCloseable {
        /**
         * Does the work, on the arrays that it was recorded with, as their numbers are now.
         *
         * @return its results, in arrays that the next time overwrites; to be left open
         */
        NDList replay();

        @Override
        void close();
    }

    /** Says, as one clause, why work cannot be recorded. */
    final class GraphRefused extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** @param why as one clause */
        public GraphRefused(String why) {
            super(Require.given("why", why), null, false, false);
        }
    }
}
