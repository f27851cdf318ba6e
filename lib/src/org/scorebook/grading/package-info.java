/**
 * From hand-ins to marks: checks put back, notebooks executed where they can harm nothing, points, pages for students.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.grading.ClassMarking}</td><td>a whole class, several at once, resumed where it was stopped</td></tr>
 * <tr><td>{@link org.scorebook.grading.MarkingOptions}</td><td>times, limits, exercises that count</td></tr>
 * <tr><td>{@link org.scorebook.grading.Installation}</td><td>the project on this machine: Python, kernel, notebooks</td></tr>
 * <tr><td>{@link org.scorebook.grading.Mark}</td><td>what came of one hand-in</td></tr>
 * <tr><td>{@link org.scorebook.grading.ExerciseMark}</td><td>what one exercise of it is worth</td></tr>
 * <tr><td>{@link org.scorebook.grading.MarkTable}</td><td>marks as a table, as CSV</td></tr>
 * <tr><td>{@code Restorer}</td><td>the original checks in place, whatever a student has done to them</td></tr>
 * <tr><td>{@code Marker}, {@code NotebookRun}, {@code Assessment}</td><td>one hand-in: executed, and its points</td></tr>
 * <tr><td>{@code FeedbackPage}</td><td>the page that a student gets back</td></tr>
 * </table>
 */
package org.scorebook.grading;
