/**
 * How noise is added over time: {@code x_t = alpha(t) x_0 + sigma(t) eps} with {@code eps ~ N(0, I)}. Plain Java in double
 * precision, without the engine.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.process.NoiseSchedule}</td><td>alpha and sigma over time: the one type that all share</td></tr>
 * <tr><td>{@link org.scorebook.process.DiscreteSchedule}</td><td>in T steps, from the betas of DDPM</td></tr>
 * <tr><td>{@link org.scorebook.process.Betas}</td><td>the noise of each step: {@link org.scorebook.process.ConstantBetas},
 * {@link org.scorebook.process.LinearBetas}, {@link org.scorebook.process.QuadraticBetas},
 * {@link org.scorebook.process.CosineBetas}, {@link org.scorebook.process.SigmoidBetas}</td></tr>
 * <tr><td>{@link org.scorebook.process.ContinuousSchedule}</td><td>in continuous time, with the drift and diffusion of its
 * SDE: {@link org.scorebook.process.VpSchedule}, {@link org.scorebook.process.SubVpSchedule},
 * {@link org.scorebook.process.VeSchedule}, {@link org.scorebook.process.EdmSchedule}</td></tr>
 * <tr><td>{@link org.scorebook.process.FlowSchedule}</td><td>the straight path of flow matching</td></tr>
 * <tr><td>{@link org.scorebook.process.Transition}</td><td>the Gaussians that lead from one time to another</td></tr>
 * <tr><td>{@link org.scorebook.process.TimeGrid}</td><td>the times that a sampler visits</td></tr>
 * <tr><td>{@link org.scorebook.process.Checks}</td><td>argument checks of betas, steps and times</td></tr>
 * </table>
 */
package org.scorebook.process;
