/**
 * What commands share towards the person who typed them.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.terminal.Terminal}</td><td>whether a person looks on</td></tr>
 * <tr><td>{@link org.scorebook.terminal.WorkBar}</td><td>how far long work is, and how much longer it takes</td></tr>
 * <tr><td>{@link org.scorebook.terminal.OutputFile}</td><td>where a command will write, looked at before its work</td></tr>
 * </table>
 */
package org.scorebook.terminal;
