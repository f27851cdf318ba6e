package org.scorebook.course;

/** A student's answer, still to be made: {@code () -> exercise1(0.5)}. */
@FunctionalInterface
public interface Attempt {
    /** Makes it. */
    Object make() throws Exception;
}
