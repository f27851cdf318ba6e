/**
 * A program that nobody trusts, kept from network, files, other processes, and more memory, disk and processes than it is to have,
 * as far as the system allows.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.sandbox.Sandbox}</td><td>a place for one program: commands that confine it</td></tr>
 * <tr><td>{@link org.scorebook.sandbox.Isolation}</td><td>what keeps it apart: Bubblewrap, unshare, another user, nothing</td></tr>
 * <tr><td>{@link org.scorebook.sandbox.Programs}</td><td>which of these there are</td></tr>
 * <tr><td>{@link org.scorebook.sandbox.Visible}</td><td>what it sees of the file system</td></tr>
 * <tr><td>{@link org.scorebook.sandbox.SandboxLimits}</td><td>what it can use</td></tr>
 * <tr><td>{@link org.scorebook.sandbox.Protection}</td><td>what it is kept from, and how, for a report</td></tr>
 * </table>
 */
package org.scorebook.sandbox;
