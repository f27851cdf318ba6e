/**
 * The machine that trainings share: its devices, and its processes.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.machine.Devices}</td><td>the devices that {@code device} names</td></tr>
 * <tr><td>{@link org.scorebook.machine.DeviceQueue}</td><td>who has a device, and who waits for it</td></tr>
 * <tr><td>{@link org.scorebook.machine.ProcessMark}</td><td>a process, so that another one with its number is not taken for
 * it</td></tr>
 * <tr><td>{@link org.scorebook.machine.StopSignal}</td><td>that this process was asked to stop</td></tr>
 * </table>
 */
package org.scorebook.machine;
