/**
 * Neural networks: DJL blocks that map points, and perhaps times and labels, to values, and nothing else.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.model.NeuralField}</td><td>a block with its parameters, as a vector field</td></tr>
 * <tr><td>{@link org.scorebook.model.NeuralEnergy}</td><td>a block with its parameters, as an energy</td></tr>
 * <tr><td>{@link org.scorebook.model.Network}</td><td>what these and the classifier have in common: parameters by name</td></tr>
 * <tr><td>{@link org.scorebook.model.ClassConditional}</td><td>a block that is given labels, too</td></tr>
 * <tr><td>{@link org.scorebook.model.Mlp}</td><td>linear layers with an {@link org.scorebook.model.Activation}</td></tr>
 * <tr><td>{@link org.scorebook.model.TimeNet}</td><td>the network of 2-D diffusion: layers scaled by the time
 * ({@link org.scorebook.model.TimeLinear}, {@link org.scorebook.model.TimeEmbedding}, {@link org.scorebook.model.Sinusoids})</td></tr>
 * <tr><td>{@link org.scorebook.model.UNet}</td><td>the network of image diffusion, a family
 * ({@link org.scorebook.model.UNetShape}); {@link org.scorebook.model.SimpleUNet} a single one</td></tr>
 * <tr><td>{@link org.scorebook.model.NoiseConditional}</td><td>score networks for images at many noise levels</td></tr>
 * <tr><td>{@link org.scorebook.model.EnergyMlp}, {@link org.scorebook.model.EnergyNet}</td><td>energies of points of a few
 * dimensions, and of images ({@link org.scorebook.model.EnergyShape}), with or without classes</td></tr>
 * <tr><td>{@link org.scorebook.model.SpectralWeight}</td><td>a {@link org.scorebook.model.Weight} divided by its largest
 * singular value</td></tr>
 * <tr><td>{@link org.scorebook.model.Layer}</td><td>what they are built of: {@link org.scorebook.model.Conv},
 * {@link org.scorebook.model.Dense}, {@link org.scorebook.model.GroupNorm}, {@link org.scorebook.model.Attention}, ...;
 * {@link org.scorebook.model.StateDict}: their parameters by name</td></tr>
 * <tr><td>{@link org.scorebook.model.NonFinite}</td><td>where in a network numbers become infinite or NaN</td></tr>
 * <tr><td>{@link org.scorebook.model.Classifier}</td><td>images to logits of classes, and to the features before these
 * ({@link org.scorebook.model.ClassifierLayers})</td></tr>
 * </table>
 */
package org.scorebook.model;
