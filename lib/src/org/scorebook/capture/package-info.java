/**
 * Work of a device that is recorded and then repeated as a whole.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.capture.GraphCapture}</td><td>what a device must be able to do</td></tr>
 * <tr><td>{@link org.scorebook.capture.CudaGraphs}</td><td>how an NVIDIA GPU does it, by
 *     {@link org.scorebook.capture.CudaFunctions}</td></tr>
 * </table>
 */
package org.scorebook.capture;
