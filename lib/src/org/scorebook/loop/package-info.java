/**
 * The training of a run, from its first step or its newest checkpoint to its last; all that is known of it goes into the
 * run's directory.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.loop.TrainingLoop}</td><td>trains: a {@link org.scorebook.loop.RunTrainer} takes steps, counted
 * in {@link org.scorebook.loop.EpochSteps}</td></tr>
 * <tr><td>{@link org.scorebook.loop.BatchLoss}</td><td>what depends on the kind of network:
 * {@link org.scorebook.loop.FieldLoss}, {@link org.scorebook.loop.EnergyLoss}</td></tr>
 * <tr><td>{@link org.scorebook.loop.RunReport}</td><td>tells of the steps, with the {@link org.scorebook.loop.Pace} of the
 * training</td></tr>
 * <tr><td>{@link org.scorebook.loop.Restart}</td><td>goes on from the newest checkpoint that is good</td></tr>
 * <tr><td>{@link org.scorebook.loop.Setback}</td><td>goes back when a training runs away</td></tr>
 * </table>
 */
package org.scorebook.loop;
