/**
 * What a generative model knows: the score of a density over time, or the data behind noise.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.score.ScoreFunction}</td><td>where density grows</td></tr>
 * <tr><td>{@link org.scorebook.score.EnergyFunction}</td><td>a density up to a constant; its gradient is minus the
 * score, and as a field its parameters can be trained: {@link org.scorebook.score.EnergyField}</td></tr>
 * <tr><td>{@link org.scorebook.score.Denoiser}</td><td>the mean of the data behind noisy points; one evaluation is a
 * {@link org.scorebook.score.Prediction} of data, noise, score and velocity</td></tr>
 * <tr><td>{@link org.scorebook.score.VectorField}</td><td>a network, or a formula it is trained towards</td></tr>
 * <tr><td>{@link org.scorebook.score.ConditionalField}, {@link org.scorebook.score.Guided}</td><td>a field that is told of what
 * class each point is, and how much that counts</td></tr>
 * <tr><td>{@link org.scorebook.score.FieldDenoiser}, {@link org.scorebook.score.Parameterization}</td><td>a network as
 * denoiser, whether it predicts noise, data, velocity, score or flow</td></tr>
 * <tr><td>{@link org.scorebook.score.Divergence}</td><td>of a field, exact or estimated: how fast volume grows</td></tr>
 * <tr><td>{@link org.scorebook.score.ConditionalField}, {@link org.scorebook.score.Guided},
 * {@link org.scorebook.score.Labels}</td><td>fields of points of a class, and how much more of it there should be</td></tr>
 * <tr><td>{@link org.scorebook.score.Noise}</td><td>where random numbers come from</td></tr>
 * </table>
 *
 * <p>How times, scales and losses relate to those of other programs: the conventions in {@link org.scorebook.process}.
 */
package org.scorebook.score;
