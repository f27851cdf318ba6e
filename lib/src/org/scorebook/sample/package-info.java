/**
 * Methods that turn noise into data with a score, and what else follows from the same equations.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.sample.Sampling}</td><td>the one loop, which counts in a
 * {@link org.scorebook.sample.Tally}; it gives {@link org.scorebook.sample.Samples}</td></tr>
 * <tr><td>{@link org.scorebook.sample.Sampler}</td><td>a method: the formula of one {@link org.scorebook.sample.Step}</td></tr>
 * <tr><td>{@link org.scorebook.sample.StepListener}, {@link org.scorebook.sample.Trajectory}</td><td>watch a run</td></tr>
 * <tr><td>{@link org.scorebook.sample.AnnealedImportanceSampling}, {@link org.scorebook.sample.GeometricPath}</td><td>an energy's
 * normalizing constant, in many dimensions</td></tr>
 * <tr><td>{@link org.scorebook.sample.LogLikelihood}</td><td>log p(x) through the probability-flow ODE</td></tr>
 * <tr><td>{@link org.scorebook.sample.ProbabilityFlow}, {@link org.scorebook.sample.AdaptiveOde},
 * {@link org.scorebook.sample.Leapfrog}, {@link org.scorebook.sample.Steps}</td><td>that ODE and its adaptive solver; the motion of a
 * point down an energy; what methods require of their times</td></tr>
 * </table>
 *
 * <p>The methods. The order is that of the error at the end in the length of the steps, with an exact denoiser: of the points where only
 * the start is random, else of their density (weakly). Evaluations are those of the model.
 *
 * <table>
 * <caption>Samplers</caption>
 * <tr><th>method</th><th>order</th><th>evaluations a step</th><th>random</th><th>take it</th></tr>
 * <tr><td>{@link org.scorebook.sample.Ddpm}</td><td>1, weakly</td><td>1</td><td>each step</td>
 * <td>for all the steps of the schedule that was trained; in few steps others are better</td></tr>
 * <tr><td>{@link org.scorebook.sample.Ddim}</td><td>1 with eta = 0; 1, weakly, with eta = 1</td><td>1</td><td>the start; with eta above 0 each step</td>
 * <td>for few steps, and where one start must always give one image</td></tr>
 * <tr><td>{@link org.scorebook.sample.DpmSolver}</td><td>2</td><td>1</td><td>the start</td>
 * <td>for images in few steps</td></tr>
 * <tr><td>{@link org.scorebook.sample.Heun}</td><td>2</td><td>2; 1 to sigma = 0</td><td>the start</td>
 * <td>for images as Karras et al. draw them, with their times</td></tr>
 * <tr><td>{@link org.scorebook.sample.FlowEuler}</td><td>1</td><td>1</td><td>the start</td>
 * <td>to learn, or with rising times from data to noise</td></tr>
 * <tr><td>{@link org.scorebook.sample.FlowRungeKutta}</td><td>5, in steps of its own choice</td><td>7 and more</td><td>the start</td>
 * <td>for the exact solution, to compare with: the tolerance bounds the error</td></tr>
 * <tr><td>{@link org.scorebook.sample.ReverseSde}</td><td>1, weakly and strongly</td><td>1</td><td>each step</td>
 * <td>for many steps: noise forgets the errors of steps before</td></tr>
 * <tr><td>{@link org.scorebook.sample.PredictorCorrector}</td><td>the predictor's</td><td>the predictor's and one for each correction</td><td>each step</td>
 * <td>where the score is better than the steps are small</td></tr>
 * <tr><td>{@link org.scorebook.sample.ForwardSde}</td><td>1, weakly</td><td>0</td><td>each step</td>
 * <td>from data to noise</td></tr>
 * <tr><td>{@link org.scorebook.sample.Langevin}</td><td>a bias of order 1 in the density</td><td>1</td><td>each step</td>
 * <td>for one density whose score is known</td></tr>
 * <tr><td>{@link org.scorebook.sample.AnnealedLangevin}</td><td>as Langevin, at each level</td><td>as many as steps a level</td><td>each step</td>
 * <td>for scores of many noise levels, far modes included</td></tr>
 * <tr><td>{@link org.scorebook.sample.EnergyLangevin}</td><td>none: it descends more than it samples</td><td>1</td><td>each step</td>
 * <td>for energies of images, as they were trained</td></tr>
 * <tr><td>{@link org.scorebook.sample.HamiltonianMonteCarlo}</td><td>no bias at any step size</td><td>leapfrogs + 3</td><td>each move</td>
 * <td>for an energy in earnest: long moves, each accepted or refused</td></tr>
 * </table>
 *
 * <p>How times, scales and losses relate to those of other programs: the conventions in {@link org.scorebook.process}.
 */
package org.scorebook.sample;
