/**
 * How far one distribution is from another.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.metric.Wasserstein}</td><td>between two sets of numbers, exactly</td></tr>
 * <tr><td>{@link org.scorebook.metric.KullbackLeibler}</td><td>between two densities on a grid</td></tr>
 * </table>
 */
package org.scorebook.metric;
