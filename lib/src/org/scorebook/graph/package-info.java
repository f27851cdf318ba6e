/**
 * Computations and networks as drawn graphs.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.graph.ComputationGraph}</td><td>a computation and its gradients: what is made from what, and
 * what autograd tracks</td></tr>
 * <tr><td>{@link org.scorebook.graph.GraphDrawing}, {@link org.scorebook.graph.GraphText}</td><td>as a picture, and in
 * words</td></tr>
 * <tr><td>{@link org.scorebook.graph.NetworkDiagram}</td><td>a U-Net, with the shape at each arrow</td></tr>
 * </table>
 */
package org.scorebook.graph;
