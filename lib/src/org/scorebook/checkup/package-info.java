/**
 * Whether this machine can do what is needed.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.checkup.Checkup}</td><td>all examinations</td></tr>
 * <tr><td>{@link org.scorebook.checkup.Examination}</td><td>looks at one part of the machine</td></tr>
 * <tr><td>{@link org.scorebook.checkup.Finding}</td><td>what it finds</td></tr>
 * </table>
 */
package org.scorebook.checkup;
