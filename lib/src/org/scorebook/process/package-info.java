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
 *
 * <h2>Conventions, beside those of others</h2>
 *
 * <p>Papers and programs agree on the mathematics and differ in what they count and scale. What is meant here, in the whole
 * library, and what the same thing is elsewhere: in diffusers (its DDPM and DDIM), score_sde (Song et al. 2021), EDM
 * (Karras et al. 2022), KAIST's course CS492(D) and Stanford's CS231n.
 *
 * <table>
 * <caption>The same, counted and scaled differently</caption>
 * <tr><th>what</th><th>here</th><th>elsewhere</th></tr>
 * <tr><td>discrete times</td><td>1 to T, the number of steps taken; 0 is clean data, where alphaBar is 1</td><td>diffusers,
 * KAIST, CS231n: 0 to T - 1, and {@code alphas_cumprod[t]} is {@code alphaBar(t + 1)}. A network that was trained there is used
 * as {@link org.scorebook.score.VectorField#shifted field.shifted(-1)}</td></tr>
 * <tr><td>continuous times</td><td>a network is given the schedule's own time</td><td>score_sde: the network is given 999 t
 * for VP and sub-VP, sigma(t) for VE; EDM: {@code log(sigma) / 4}</td></tr>
 * <tr><td>schedules</td><td>{@link org.scorebook.process.LinearBetas}, {@link org.scorebook.process.QuadraticBetas},
 * {@link org.scorebook.process.CosineBetas}</td><td>diffusers: {@code linear}, {@code scaled_linear},
 * {@code squaredcos_cap_v2}; KAIST: {@code linear}, {@code quad}</td></tr>
 * <tr><td>which discrete times are visited</td><td>{@link org.scorebook.process.TimeGrid#strided}: of T = 1,000 in 10 steps 1000,
 * 900, ..., 100, 0</td><td>diffusers' {@code trailing} is the same. Its {@code leading}, and KAIST's DDIM, visit 901, 801, ..., 1,
 * 0 as counted here and never the last time; Stable Diffusion adds 1 to these</td></tr>
 * <tr><td>Karras' grid</td><td>{@link org.scorebook.process.TimeGrid#karras(double, double, double, int)} has steps + 1 noise
 * levels and no 0 after them; {@link org.scorebook.process.TimeGrid#karras(DiscreteSchedule, int)} begins where sigma / alpha is
 * 80, if the schedule goes so far, and ends in 0</td><td>EDM: {@code num_steps} levels from 80 to 0.002 and then 0</td></tr>
 * <tr><td>variance of DDPM's steps</td><td>{@code SMALL} or {@code LARGE}</td><td>diffusers:
 * {@code fixed_small}, {@code fixed_large}; KAIST: {@code small}, {@code large}</td></tr>
 * <tr><td>clipping the predicted data</td><td>noise and score follow the clipped data, in every method</td><td>diffusers' DDIM
 * keeps the network's noise, unless {@code use_clipped_model_output} is set</td></tr>
 * <tr><td>guidance scale</td><td>{@code eps_u + w (eps_c - eps_u)}: 0 ignores the class, 1 is no guidance</td><td>diffusers:
 * the same. Ho and Salimans, CS231n: {@code (1 + s) eps_c - s eps_u}, so that {@code w = 1 + s}</td></tr>
 * <tr><td>no class</td><td>the label K, after the classes 0 to K - 1</td><td>KAIST: 0, before the classes 1 to K</td></tr>
 * <tr><td>corrector's signal-to-noise ratio</td><td>{@code h = (snr |z| / |s|)^2} in {@code x + h s + sqrt(2 h) z}</td><td>
 * score_sde: twice that h, and for VP times alpha. Its 0.16 is 0.16 sqrt(2) = 0.226 here</td></tr>
 * <tr><td>log-likelihood</td><td>nats for a whole point, as it is; at the end N(0, sigma(T)^2 I)</td><td>score_sde: bits for
 * each dimension, of pixels from 0 to 255; at the end N(0, I) for VP and sub-VP, N(0, sigma_max^2 I) for VE</td></tr>
 * <tr><td>loss of denoising score matching</td><td>mean over batch and elements, without 1/2</td><td>score_sde: mean over the
 * batch of half the sum over elements, or with {@code reduce_mean} as here; EDM: mean over the batch of the sum over
 * elements</td></tr>
 * <tr><td>loss of implicit and sliced score matching</td><td>mean over the batch of a sum over elements, with
 * {@code |f|^2 / 2}</td><td>the papers: the same</td></tr>
 * <tr><td>Chamfer distance</td><td>{@code Chamfer.sum} and {@code Chamfer.mean} of squared distances</td><td>KAIST: the
 * sum</td></tr>
 * <tr><td>images</td><td>from -1 to 1</td><td>EDM and CS231n, in training: the same; score_sde: from 0 to 1, unless
 * {@code data.centered} is set</td></tr>
 * </table>
 */
package org.scorebook.process;
