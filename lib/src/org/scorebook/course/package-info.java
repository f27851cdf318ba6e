/**
 * What makes the notebooks a course: the checks that follow each exercise, and the budget of a run.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.course.Check}</td><td>compares a student's answer with the stated one</td></tr>
 * <tr><td>{@link org.scorebook.course.CheckFailed}</td><td>says what is wrong with it</td></tr>
 * <tr><td>{@link org.scorebook.course.Budget}</td><td>how much work a notebook does</td></tr>
 * </table>
 */
package org.scorebook.course;
