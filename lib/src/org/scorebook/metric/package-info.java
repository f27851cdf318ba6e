/**
 * How far one distribution is from another, and how well numbers tell them apart.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.metric.Wasserstein}</td><td>between two sets of numbers, exactly; or between one and a
 * distribution</td></tr>
 * <tr><td>{@link org.scorebook.metric.SlicedWasserstein}</td><td>between two sets of points, by their projections</td></tr>
 * <tr><td>{@link org.scorebook.metric.Chamfer}</td><td>between two sets of points, by their nearest neighbours</td></tr>
 * <tr><td>{@link org.scorebook.metric.MaximumMeanDiscrepancy}</td><td>between two sets of points, by a kernel; without
 * bias</td></tr>
 * <tr><td>{@link org.scorebook.metric.FrechetDistance}</td><td>between the
 * {@link org.scorebook.metric.FeatureStatistics} of two sets of images; {@link org.scorebook.metric.FeatureDistance} says
 * what it holds for</td></tr>
 * <tr><td>{@link org.scorebook.metric.PrecisionRecall}</td><td>how much of what is generated looks real, and the other way
 * round</td></tr>
 * <tr><td>{@link org.scorebook.metric.NearestNeighbours}</td><td>the training images that a generated one is most like</td></tr>
 * <tr><td>{@link org.scorebook.metric.FeatureExtractor}</td><td>from images to the features that these compare:
 * {@link org.scorebook.metric.ClassifierFeatures}, {@link org.scorebook.metric.TorchScriptFeatures}, whose pixels have a
 * {@link org.scorebook.metric.PixelScale}</td></tr>
 * <tr><td>{@link org.scorebook.metric.ScriptModule}</td><td>a network from a TorchScript file of somebody else's</td></tr>
 * <tr><td>{@link org.scorebook.metric.Distance}</td><td>what these return: a value with the sizes it holds for</td></tr>
 * <tr><td>{@link org.scorebook.metric.ModeWeights}</td><td>the share of points at each of some centres</td></tr>
 * <tr><td>{@link org.scorebook.metric.KullbackLeibler}</td><td>between two densities on a grid</td></tr>
 * <tr><td>{@link org.scorebook.metric.Quadrature}, {@link org.scorebook.metric.PlaneDensity}</td><td>log Z of an energy in the
 * plane; divergence and likelihood from it</td></tr>
 * <tr><td>{@link org.scorebook.metric.Auroc}</td><td>how well a number tells two classes apart;
 * {@link org.scorebook.metric.MannWhitney} says whether that can be chance</td></tr>
 * </table>
 */
package org.scorebook.metric;
