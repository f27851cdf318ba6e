/**
 * What models are trained on.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.data.GaussianMixture}</td><td>a toy density of any dimension with its exact score;
 * {@link org.scorebook.data.DiffusedMixture} is the same under noise, by {@link org.scorebook.data.MixtureComponents}</td></tr>
 * </table>
 */
package org.scorebook.data;
