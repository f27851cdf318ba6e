/**
 * What models are trained on.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.data.GaussianMixture}</td><td>a toy density of any dimension with its exact score;
 * {@link org.scorebook.data.DiffusedMixture} is the same under noise, by {@link org.scorebook.data.MixtureComponents}</td></tr>
 * <tr><td>{@link org.scorebook.data.PointSet}</td><td>points of the plane, drawn from a seed: on curves
 * {@link org.scorebook.data.SwissRoll}, {@link org.scorebook.data.SCurve}, {@link org.scorebook.data.Moons},
 * {@link org.scorebook.data.Circles}; filling areas {@link org.scorebook.data.Checkerboard},
 * {@link org.scorebook.data.Pinwheel}</td></tr>
 * <tr><td>{@link org.scorebook.data.Standardized}</td><td>any of these with mean 0 and a given deviation</td></tr>
 * </table>
 */
package org.scorebook.data;
