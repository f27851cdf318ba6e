/**
 * Training runs: their folders, and the processes that they run in.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.run.RunDirectory}</td><td>what a run writes: {@link org.scorebook.run.Status} with
 * {@link org.scorebook.run.RunState} and {@link org.scorebook.run.Progressed} in a {@link org.scorebook.run.StatusFile}, a
 * {@link org.scorebook.run.LossHistory}, metrics in a {@link org.scorebook.run.MetricsFile}, samples, checkpoints, an
 * evaluation; {@link org.scorebook.run.StatusJson} and {@link org.scorebook.run.RecordAdapter} are for JSON</td></tr>
 * <tr><td>{@link org.scorebook.run.Runs}</td><td>the folder of all runs, and their IDs</td></tr>
 * <tr><td>{@link org.scorebook.run.TrainingJob}</td><td>a training in a process of its own: a
 * {@link org.scorebook.run.LocalJob} is started by {@link org.scorebook.run.Launcher}, which runs a
 * {@link org.scorebook.run.TrainingProgram}, and recognised by {@link org.scorebook.machine.ProcessMark}</td></tr>
 * <tr><td>{@link org.scorebook.run.RunProcess}</td><td>what that process does: it waits in a
 * {@link org.scorebook.machine.DeviceQueue}, tells a {@link org.scorebook.run.RunListener}, runs a
 * {@link org.scorebook.run.Training}, heeds {@link org.scorebook.machine.StopSignal}</td></tr>
 * <tr><td>{@link org.scorebook.run.Extension}</td><td>more epochs for a run that has begun</td></tr>
 * <tr><td>{@link org.scorebook.run.RunPanel}</td><td>a run on a notebook page, renewed by
 * {@link org.scorebook.run.RunWatch}; {@link org.scorebook.run.RunText} in words</td></tr>
 * <tr><td>{@link org.scorebook.run.ModelSource}</td><td>finds a trained model: that of a run, of a folder, or a shipped
 * one</td></tr>
 * </table>
 */
package org.scorebook.run;
