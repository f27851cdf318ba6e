package org.scorebook.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Work on many files in all threads. */
public final class InParallel {
    private InParallel() {}

    /** Work on one of them. */
    @FunctionalInterface
    public interface PlaceWork {
        /** @param place of the file */
        void at(int place) throws IOException;
    }

    /**
     * Works on places from 0 to below n, in any order, until one fails.
     *
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static void forEach(int n, PlaceWork work) throws IOException {
        try {
            IntStream.range(0, n).parallel().forEach(place -> {
                if (Thread.interrupted()) { // only the caller's thread, which does its share, is ever interrupted
                    throw new CancellationException("reading of pictures was interrupted");
                }
                one(place, work);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void one(int place, PlaceWork work) {
        try {
            work.at(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
