/**
 * The optimizer of all trainings, whose step is one native call.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.optim.AdamW}</td><td>moves parameters by gradients, with the average of the parameters;
 *     {@link org.scorebook.optim.AdamWProgram} is its TorchScript, {@link org.scorebook.optim.AdamWArrays} are what it changes</td></tr>
 * <tr><td>{@link org.scorebook.optim.RepeatedProgram}</td><td>that program as a graph of the device, step after step</td></tr>
 * <tr><td>{@link org.scorebook.optim.LossProgram}</td><td>a loss and its gradients as a part of that program</td></tr>
 * </table>
 */
package org.scorebook.optim;
