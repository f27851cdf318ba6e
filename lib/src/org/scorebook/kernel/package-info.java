/**
 * The Jupyter kernel that Scorebook brings: JShell behind the protocol layer of {@code jjava-jupyter}.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.kernel.JavaKernel}</td><td>start-up and the answers to Jupyter's requests</td></tr>
 * <tr><td>{@link org.scorebook.kernel.KernelConnection}</td><td>the sockets, and the threads that own them</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Evaluator}</td><td>runs a cell's snippets in JShell; interrupt</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellThread}</td><td>the thread that user code runs on; replaced when it does not stop</td></tr>
 * <tr><td>{@link org.scorebook.kernel.LoopGuard}</td><td>makes loops typed in a cell stoppable</td></tr>
 * <tr><td>{@link org.scorebook.kernel.SourceMap}</td><td>from JShell's snippet numbers to cells and lines</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellFailure}</td><td>an error as the student reads it</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Assistant}</td><td>completion, inspection, is-it-complete</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellOutput}</td><td>output of a cell and of the threads it started</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Console}</td><td>System.out, System.err and System.in of whichever cell prints</td></tr>
 * <tr><td>{@link org.scorebook.kernel.PictureRenderer}</td><td>pictures as whole PNGs</td></tr>
 * <tr><td>{@link org.scorebook.kernel.History}</td><td>the cells run so far</td></tr>
 * </table>
 *
 * Nothing outside this package refers to it, and it refers to no other package of Scorebook.
 */
package org.scorebook.kernel;
