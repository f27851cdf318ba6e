package org.scorebook.grading;

/**
 * How one cell ended.
 *
 * @param state {@code ok}, {@code error}, {@code timeout} or {@code died}
 * @param seconds that it took
 * @param reason of the last two
 */
record CellOutcome(String state, double seconds, String reason) {}
