/**
 * Trainings of one kind with some settings varied, and what they are compared by.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.sweep.Sweep}</td><td>what is asked for: settings, a grid, seeds, a
 * {@link org.scorebook.sweep.SweepFigure}. A {@link org.scorebook.sweep.Combination} of the grid's values and a seed are a
 * {@link org.scorebook.sweep.SweepMember}; {@link org.scorebook.sweep.SweepGrid} checks all</td></tr>
 * <tr><td>{@link org.scorebook.sweep.SweepFolder}</td><td>its folder, with the runs in it</td></tr>
 * <tr><td>{@link org.scorebook.sweep.SweepRunner}</td><td>trains what is not trained yet, and tells a
 * {@link org.scorebook.sweep.SweepListener}</td></tr>
 * <tr><td>{@link org.scorebook.sweep.SweepArray}</td><td>lets a Slurm cluster do so</td></tr>
 * <tr><td>{@link org.scorebook.sweep.SweepResult}</td><td>the table and the plot</td></tr>
 * </table>
 */
package org.scorebook.sweep;
