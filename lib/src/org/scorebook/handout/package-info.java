/**
 * What is handed out: notebooks without their solutions, for students, and with them, for nbgrader.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.handout.StudentNotebook}</td><td>a notebook as it is handed out</td></tr>
 * <tr><td>{@link org.scorebook.handout.Handout}</td><td>the files of a folder that is handed out</td></tr>
 * <tr><td>{@link org.scorebook.handout.HandedFile}</td><td>one of them</td></tr>
 * <tr><td>{@link org.scorebook.handout.StudentFolder}</td><td>such a folder, in which a student works, and what becomes of it when other
 * files are handed out</td></tr>
 * <tr><td>{@link org.scorebook.handout.CellCompiler}</td><td>whether all cells compile</td></tr>
 * </table>
 */
package org.scorebook.handout;
