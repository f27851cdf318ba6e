package org.scorebook.recipe;

/** Is told how far long work is: for progress. */
@FunctionalInterface
public interface ProgressListener {
    /** Tells nobody. */
    ProgressListener SILENT = (name, done, total) -> {};

    /**
     * @param name of what is being done, for instance {@code "drawing"}
     * @param done from 0 to total
     * @param total at least 1
     */
    void at(String name, long done, long total);
}
