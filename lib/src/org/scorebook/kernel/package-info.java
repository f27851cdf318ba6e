/**
 * The Jupyter kernel that Scorebook brings: JShell behind the protocol layer of {@code jjava-jupyter}.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.kernel.JavaKernel}</td><td>start-up and the answers to Jupyter's requests</td></tr>
 * <tr><td>{@link org.scorebook.kernel.KernelConnection}</td><td>the sockets, and the threads that own them</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Evaluator}</td><td>runs a cell, snippet by snippet, in JShell</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellText}</td><td>what of a cell's text is no code</td></tr>
 * <tr><td>{@link org.scorebook.kernel.SnippetEngine}</td><td>loads and runs what JShell compiles</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellThread}</td><td>the thread that user code runs on; replaced when it does not stop</td></tr>
 * <tr><td>{@link org.scorebook.kernel.LoopGuard}</td><td>makes loops typed in a cell stoppable</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Finals}</td><td>finds assignments to final variables, which JShell lets pass</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Losses}</td><td>says which variables a cell reset by defining something anew</td></tr>
 * <tr><td>{@link org.scorebook.kernel.SourceMap}</td><td>from JShell's snippets and classes to cells and lines</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellFailure}</td><td>an error as the student reads it</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Advice}</td><td>what a compiler's message means in a notebook</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Frames}</td><td>stack frames as the student reads them</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Assistant}</td><td>completion, inspection, is-it-complete</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Javadoc}</td><td>Javadoc comments as HTML and text</td></tr>
 * <tr><td>{@link org.scorebook.kernel.CellOutput}</td><td>output of a cell and of the threads it started</td></tr>
 * <tr><td>{@link org.scorebook.kernel.Console}</td><td>System.out, System.err and System.in of whichever cell prints</td></tr>
 * <tr><td>{@link org.scorebook.kernel.TraceStream}</td><td>makes printed stack traces name cells and lines</td></tr>
 * <tr><td>{@link org.scorebook.kernel.ValueRenderer}</td><td>what a value looks like; pictures as whole PNGs</td></tr>
 * <tr><td>{@link org.scorebook.kernel.ValueText}</td><td>values as text, arrays among them</td></tr>
 * <tr><td>{@link org.scorebook.kernel.History}</td><td>the cells run so far</td></tr>
 * </table>
 *
 * Nothing outside this package refers to it but for {@link org.scorebook.kernel.LoopGuard}, by name, and it refers to no other package
 * of Scorebook. Libraries on the class path
 * teach it to show their objects as services of {@code org.dflib.jjava.jupyter.Extension}.
 */
package org.scorebook.kernel;
