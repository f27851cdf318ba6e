/**
 * What makes the notebooks a course: the checks that follow each exercise, and the budget of a run.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.course.Check}</td><td>compares a student's answers with the right ones; counts points</td></tr>
 * <tr><td>{@link org.scorebook.course.Attempt}</td><td>a student's answer, still to be made</td></tr>
 * <tr><td>{@link org.scorebook.course.Given}</td><td>what an exercise is given, which hints are found by</td></tr>
 * <tr><td>{@link org.scorebook.course.CheckFailed}</td><td>says what is wrong</td></tr>
 * <tr><td>{@link org.scorebook.course.Budget}</td><td>how much work a notebook does</td></tr>
 * </table>
 */
package org.scorebook.course;
