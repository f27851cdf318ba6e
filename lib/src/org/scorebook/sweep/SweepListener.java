package org.scorebook.sweep;

/** Sees a sweep at work. May be called by several threads, one at a time. */
@FunctionalInterface
public interface SweepListener {
    /**
     * Something has happened.
     *
     * @param done how many runs nothing more is done for
     * @param sentence for a person
     */
    void news(int done, String sentence);
}
