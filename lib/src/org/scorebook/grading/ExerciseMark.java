package org.scorebook.grading;

/**
 * What one exercise of a hand-in is worth.
 *
 * @param exercise its number
 * @param points that it got
 * @param of how many
 * @param verdict in one word: {@code passed}, {@code failed}, {@code unanswered}, {@code timeout}, {@code died}, {@code withheld} or {@code not run}
 * @param message what the check said, or why there are no points
 */
public record ExerciseMark(String exercise, int points, int of, String verdict, String message) {}
