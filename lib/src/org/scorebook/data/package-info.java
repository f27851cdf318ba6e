/**
 * What models are trained on.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.data.GaussianMixture}</td><td>a toy density of any dimension with its exact score</td></tr>
 * </table>
 */
package org.scorebook.data;
