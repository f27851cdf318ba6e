/**
 * Toy data: densities with their exact scores, and point sets of the plane.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.toy.GaussianMixture}</td><td>a density of any dimension with its exact score;
 * {@link org.scorebook.toy.DiffusedMixture} is the same under noise, by {@link org.scorebook.toy.MixtureComponents}</td></tr>
 * <tr><td>{@link org.scorebook.toy.PointSet}</td><td>points of the plane, drawn from a seed: on curves
 * {@link org.scorebook.toy.SwissRoll}, {@link org.scorebook.toy.SCurve}, {@link org.scorebook.toy.Moons} (whose density is known),
 * {@link org.scorebook.toy.Circles}; filling areas {@link org.scorebook.toy.Checkerboard},
 * {@link org.scorebook.toy.Pinwheel}. {@link org.scorebook.toy.Points} is what they have in common</td></tr>
 * <tr><td>{@link org.scorebook.toy.Standardized}</td><td>any of these with mean 0 and a given deviation</td></tr>
 * </table>
 */
package org.scorebook.toy;
