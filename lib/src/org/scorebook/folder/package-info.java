/**
 * The folder of a run: what a training writes, which is all that is known of it.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.folder.RunDirectory}</td><td>what a run writes: {@link org.scorebook.folder.Status} with
 * {@link org.scorebook.folder.RunState}, {@link org.scorebook.folder.StepMode} and
 * {@link org.scorebook.folder.Progressed} in a
 * {@link org.scorebook.folder.StatusFile}, which is {@link org.scorebook.folder.StatusInSlurm} as Slurm says, a {@link org.scorebook.folder.LossHistory}, metrics in a
 * {@link org.scorebook.folder.MetricsFile}, samples, checkpoints, an evaluation; {@link org.scorebook.folder.StatusJson} and
 * {@link org.scorebook.folder.RecordAdapter} are for JSON, {@link org.scorebook.folder.RunText} for people</td></tr>
 * <tr><td>{@link org.scorebook.folder.Runs}</td><td>the folder of all runs, their IDs, and their
 * {@link org.scorebook.folder.RunIndex}</td></tr>
 * <tr><td>{@link org.scorebook.folder.TrainingProgram}</td><td>the program that trains, and what a person types to steer
 * it</td></tr>
 * <tr><td>{@link org.scorebook.folder.ModelSource}</td><td>finds a trained model: that of a run, of a folder, or a shipped
 * one</td></tr>
 * </table>
 */
package org.scorebook.folder;
