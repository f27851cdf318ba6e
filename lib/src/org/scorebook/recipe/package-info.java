/**
 * From a configuration to what it names: data, networks, losses; trained models, and drawing from them.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.recipe.Recipe}</td><td>data, network, noise schedule, loss and learning rate of a
 * {@link org.scorebook.config.RunConfig}</td></tr>
 * <tr><td>{@link org.scorebook.recipe.TrainedModel}</td><td>a network from a checkpoint; a
 * {@link org.scorebook.recipe.ShippedModel} comes with the library</td></tr>
 * <tr><td>{@link org.scorebook.recipe.SamplingPlan}</td><td>how images are drawn; the noise of each is its own, by
 * {@link org.scorebook.recipe.ImageNoise}, and a {@link org.scorebook.recipe.PlannedImage} names one</td></tr>
 * <tr><td>{@link org.scorebook.recipe.Drawing}</td><td>draws many images, of classes that
 * {@link org.scorebook.recipe.ClassLabels} finds; several processes draw a {@link org.scorebook.recipe.Shard} each, and a
 * {@link org.scorebook.recipe.DrawingKey} says whether they belong together</td></tr>
 * <tr><td>{@link org.scorebook.recipe.ProgressListener}</td><td>is told of the progress of long work</td></tr>
 * </table>
 */
package org.scorebook.recipe;
