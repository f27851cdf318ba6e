/**
 * Trainings in processes of their own, each with its {@link org.scorebook.folder.RunDirectory}.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.run.TrainingJob}</td><td>a training in a process of its own: a
 * {@link org.scorebook.run.RunJob}, started by a {@link org.scorebook.run.Launcher}: a
 * {@link org.scorebook.run.LocalLauncher} or a {@link org.scorebook.run.SlurmLauncher} ({@link org.scorebook.run.ClassPath}), which run a
 * {@link org.scorebook.folder.TrainingProgram} by {@link org.scorebook.run.ChildJava}</td></tr>
 * <tr><td>{@link org.scorebook.run.SlurmArray}</td><td>many jobs of a Slurm cluster that run one program</td></tr>
 * <tr><td>{@link org.scorebook.run.RunProcess}</td><td>what that process does: it waits in a
 * {@link org.scorebook.machine.DeviceQueue}, tells a {@link org.scorebook.run.RunListener}, runs a
 * {@link org.scorebook.run.Training}, heeds {@link org.scorebook.machine.StopSignal}; in a Slurm job there is a
 * {@link org.scorebook.run.Continuation}</td></tr>
 * <tr><td>{@link org.scorebook.run.Extension}</td><td>more epochs for a run that has begun</td></tr>
 * <tr><td>{@link org.scorebook.run.RunPanel}</td><td>a run on a notebook page, renewed by
 * {@link org.scorebook.run.RunWatch}</td></tr>
 * </table>
 */
package org.scorebook.run;
