/**
 * How networks learn.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.train.Trainer}</td><td>trains a field or an energy; {@link org.scorebook.train.Batches},
 * {@link org.scorebook.train.LearningRate}, {@link org.scorebook.train.TrainingListener}</td></tr>
 * <tr><td>{@link org.scorebook.train.Objective}, {@link org.scorebook.train.LossTerm}</td><td>what is minimised, of whatever
 * model</td></tr>
 * <tr><td>{@link org.scorebook.train.DenoisingScoreMatching}</td><td>DDPM, one or many noise levels, continuous time, flow
 * matching; {@link org.scorebook.train.NoisyBatch}</td></tr>
 * <tr><td>{@link org.scorebook.train.ExplicitScoreMatching}</td><td>with the true score</td></tr>
 * <tr><td>{@link org.scorebook.train.ImplicitScoreMatching}, {@link org.scorebook.train.SlicedScoreMatching}</td><td>from the
 * data alone, without noise</td></tr>
 * <tr><td>{@link org.scorebook.train.ContrastiveDivergence}, {@link org.scorebook.train.ContrastiveTerm}</td><td>data against
 * an energy's own samples, whose chains {@link org.scorebook.train.ReplayBuffer} keeps</td></tr>
 * <tr><td>{@link org.scorebook.train.StepWatch}</td><td>ends a training: {@link org.scorebook.train.StabilityWatch} where that
 * of an energy runs away, by two numbers, each a {@link org.scorebook.train.WatchedSize}</td></tr>
 * <tr><td>{@link org.scorebook.train.OneCall}</td><td>takes whole steps in one native call</td></tr>
 * <tr><td>{@link org.scorebook.train.Checkpoint}, {@link org.scorebook.train.TrainingState}</td><td>a folder with all that
 * training needs to go on: its files, and what its {@code state.json} says; {@link org.scorebook.train.Checksums}</td></tr>
 * <tr><td>{@link org.scorebook.train.Classification}</td><td>a classifier of {@link org.scorebook.data.LabelledImages}</td></tr>
 * <tr><td>{@link org.scorebook.train.SelfTest}</td><td>whether a device trains as it should</td></tr>
 * </table>
 *
 * <p>How times, scales and losses relate to those of other programs: the conventions in {@link org.scorebook.process}.
 */
package org.scorebook.train;
