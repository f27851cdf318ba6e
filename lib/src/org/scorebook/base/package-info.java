/**
 * What serves every package.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.base.Require}</td><td>argument checks that name the argument, its value and what would be
 * right</td></tr>
 * <tr><td>{@link org.scorebook.base.Names}</td><td>names that people type: the nearest known one, and what is left of one
 * in a file's name</td></tr>
 * <tr><td>{@link org.scorebook.base.AtomicFiles}</td><td>files and folders that exist whole or not at all</td></tr>
 * <tr><td>{@link org.scorebook.base.DamagedFile}</td><td>what a file that is not what it should be is refused with</td></tr>
 * <tr><td>{@link org.scorebook.base.TextFile}</td><td>texts that a program has written and others may have replaced</td></tr>
 * <tr><td>{@link org.scorebook.base.Shuffle}</td><td>random orders</td></tr>
 * <tr><td>{@link org.scorebook.base.Sentence}</td><td>exceptions in words</td></tr>
 * <tr><td>{@link org.scorebook.base.Invocation}</td><td>how the user calls the start script</td></tr>
 * <tr><td>{@link org.scorebook.base.ShellWord}</td><td>a text as one word of a shell</td></tr>
 * <tr><td>{@link org.scorebook.base.LibraryVersion}</td><td>the library's version</td></tr>
 * <tr><td>{@link org.scorebook.base.Caches}</td><td>the user's folder for what can be got again</td></tr>
 * </table>
 */
package org.scorebook.base;
