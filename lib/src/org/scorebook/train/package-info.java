/**
 * How networks learn.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.train.Trainer}</td><td>the training loop; {@link org.scorebook.train.Batches},
 * {@link org.scorebook.train.LearningRate}, {@link org.scorebook.train.TrainingListener}</td></tr>
 * <tr><td>{@link org.scorebook.train.Descent}, {@link org.scorebook.train.EnergyDescent}</td><td>the work of one step of a
 * network or an energy; {@link org.scorebook.train.Gradients} is what both share</td></tr>
 * <tr><td>{@link org.scorebook.train.Checkpoint}</td><td>a folder with all that training needs to go on</td></tr>
 * <tr><td>{@link org.scorebook.train.Objective}, {@link org.scorebook.train.LossTerm}</td><td>what is minimised</td></tr>
 * <tr><td>{@link org.scorebook.train.DenoisingScoreMatching}</td><td>DDPM, one or many noise levels, continuous time, flow
 * matching; {@link org.scorebook.train.NoisyBatch}</td></tr>
 * <tr><td>{@link org.scorebook.train.ExplicitScoreMatching}</td><td>with the true score</td></tr>
 * <tr><td>{@link org.scorebook.train.ImplicitScoreMatching}, {@link org.scorebook.train.SlicedScoreMatching}</td><td>from the
 * data alone, without noise</td></tr>
 * <tr><td>{@link org.scorebook.train.EnergyObjective}, {@link org.scorebook.train.EnergyTerm}</td><td>what is minimised for an
 * energy; score matching is one</td></tr>
 * <tr><td>{@link org.scorebook.train.ContrastiveDivergence}, {@link org.scorebook.train.ContrastiveTerm}</td><td>data against
 * the energy's own samples, whose chains {@link org.scorebook.train.ReplayBuffer} keeps</td></tr>
 * <tr><td>{@link org.scorebook.train.StabilityWatch}, {@link org.scorebook.train.WatchedSize}</td><td>says when the training of
 * an energy runs away</td></tr>
 * <tr><td>{@link org.scorebook.train.Classification}</td><td>a classifier of {@link org.scorebook.data.LabelledImages}</td></tr>
 * <tr><td>{@link org.scorebook.train.SelfTest}</td><td>whether a device trains as it should</td></tr>
 * </table>
 */
package org.scorebook.train;
