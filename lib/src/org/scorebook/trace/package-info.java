/**
 * Computations written down while Java does them, to run in one native call: the second of two interpreters of whatever is
 * written with arrays, of which DJL is the first.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.trace.Recording}</td><td>what is written down, and its running</td></tr>
 * <tr><td>{@link org.scorebook.trace.TracedStore}</td><td>hands a network its parameters as a trace knows them</td></tr>
 * <tr><td>{@link org.scorebook.trace.Passages}, {@link org.scorebook.trace.Passage}</td><td>networks that are written down once, and
 *     used in any number of traces</td></tr>
 * <tr><td>{@link org.scorebook.trace.GradientSteps}</td><td>the gradients of losses, for an optimizer</td></tr>
 * <tr><td>{@link org.scorebook.trace.Untraceable}</td><td>says why a computation cannot be written down</td></tr>
 * <tr><td>{@link org.scorebook.trace.TracedArray}, {@link org.scorebook.trace.TracedOperations}</td><td>the operations, each as
 *     TorchScript and as DJL's own</td></tr>
 * <tr><td>{@link org.scorebook.trace.TracedManager}</td><td>makes arrays that a trace knows</td></tr>
 * <tr><td>{@link org.scorebook.trace.Shapes}</td><td>learns what shapes operations give</td></tr>
 * </table>
 */
package org.scorebook.trace;
