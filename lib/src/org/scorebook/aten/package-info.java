/**
 * The bridge to what PyTorch can do and DJL does not offer: operators of ATen, called with autograd.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.aten.Torch}</td><td>starts the engine the way Scorebook needs it</td></tr>
 * <tr><td>{@link org.scorebook.aten.ArrayChecks}</td><td>checks of arguments that are arrays</td></tr>
 * <tr><td>{@link org.scorebook.aten.Autograd}</td><td>gradients that can be differentiated again, Hessians</td></tr>
 * <tr><td>{@link org.scorebook.aten.Functional}</td><td>layers, losses and the like as functions</td></tr>
 * <tr><td>{@link org.scorebook.aten.Convolution}</td><td>convolutions that depend on no memory but their arguments'</td></tr>
 * <tr><td>{@link org.scorebook.aten.Dropout}</td><td>dropout, with few random bits on a CPU</td></tr>
 * <tr><td>{@link org.scorebook.aten.MixedPrecision}</td><td>products in bfloat16, all else in float32</td></tr>
 * <tr><td>{@link org.scorebook.aten.SpectralNorm}</td><td>weights divided by their largest singular value</td></tr>
 * <tr><td>{@link org.scorebook.aten.Linalg}</td><td>eigenvalues and singular values</td></tr>
 * <tr><td>{@link org.scorebook.aten.Blocks}</td><td>many rows, some at a time, each time's arrays closed</td></tr>
 * <tr><td>{@link org.scorebook.aten.EngineState}, {@link org.scorebook.aten.Processor}</td><td>what the check at the engine's
 *     start has found, and where</td></tr>
 * <tr><td>{@link org.scorebook.aten.EngineStart}, {@link org.scorebook.aten.ConvolutionCheck},
 *     {@link org.scorebook.aten.Verdict}</td><td>the start, the check, and what is remembered of it</td></tr>
 * <tr><td>{@link org.scorebook.aten.ChannelsLast}</td><td>the memory format of large convolutions, and its check</td></tr>
 * <tr><td>{@link org.scorebook.aten.EngineVariables}, {@link org.scorebook.aten.EngineProvider},
 *     {@link org.scorebook.aten.NativeCalls}</td><td>what must be set before the engine loads, and how</td></tr>
 * <tr><td>{@link org.scorebook.aten.NativeMemory}</td><td>memory that the engine frees: kept while there is work, then given
 *     back</td></tr>
 * <tr><td>{@link org.scorebook.aten.Recorded}</td><td>an array without numbers, with which a computation is written down</td></tr>
 * <tr><td>{@link org.scorebook.aten.NativeProgram}</td><td>a program in TorchScript that gives several arrays</td></tr>
 * <tr><td>{@link org.scorebook.aten.AtenModule}</td><td>methods written in TorchScript, called from Java</td></tr>
 * <tr><td>{@link org.scorebook.aten.TorchArchive}</td><td>writes the file format that PyTorch loads them from</td></tr>
 * </table>
 */
package org.scorebook.aten;
