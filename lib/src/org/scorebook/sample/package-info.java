/**
 * Methods that turn noise into data with a score, and what else follows from the same equations.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.sample.Sampling}</td><td>the one loop; it gives {@link org.scorebook.sample.Samples}</td></tr>
 * <tr><td>{@link org.scorebook.sample.Sampler}</td><td>a method: the formula of one {@link org.scorebook.sample.Step}</td></tr>
 * <tr><td>{@link org.scorebook.sample.StepListener}, {@link org.scorebook.sample.Trajectory}</td><td>watch a run</td></tr>
 * <tr><td>{@link org.scorebook.sample.Langevin}, {@link org.scorebook.sample.AnnealedLangevin}</td><td>from the score of one
 * density, or of many noise levels; {@link org.scorebook.sample.EnergyLangevin} as energies of images are trained with</td></tr>
 * <tr><td>{@link org.scorebook.sample.HamiltonianMonteCarlo}, {@link org.scorebook.sample.Leapfrog}</td><td>from an energy,
 * without bias</td></tr>
 * <tr><td>{@link org.scorebook.sample.AnnealedImportanceSampling}, {@link org.scorebook.sample.GeometricPath}</td><td>an energy's
 * normalizing constant, in many dimensions</td></tr>
 * <tr><td>{@link org.scorebook.sample.Ddpm}, {@link org.scorebook.sample.Ddim}</td><td>ancestral and implicit sampling, for any
 * schedule</td></tr>
 * <tr><td>{@link org.scorebook.sample.ForwardSde}, {@link org.scorebook.sample.ReverseSde},
 * {@link org.scorebook.sample.PredictorCorrector}</td><td>stochastic differential equations</td></tr>
 * <tr><td>{@link org.scorebook.sample.FlowEuler}, {@link org.scorebook.sample.FlowRungeKutta},
 * {@link org.scorebook.sample.Heun}, {@link org.scorebook.sample.DpmSolver}</td><td>the probability-flow ODE
 * ({@link org.scorebook.sample.ProbabilityFlow})</td></tr>
 * <tr><td>{@link org.scorebook.sample.LogLikelihood}, {@link org.scorebook.sample.Divergence}</td><td>log p(x) through that
 * ODE</td></tr>
 * <tr><td>{@link org.scorebook.sample.AdaptiveOde}, {@link org.scorebook.sample.Steps}</td><td>the adaptive solver that both
 * use; what methods require of their times</td></tr>
 * </table>
 *
 * <p>How times, scales and losses relate to those of other programs: the conventions in {@link org.scorebook.process}.
 */
package org.scorebook.sample;
