/**
 * What serves every package.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.base.Caches}</td><td>the user's folder for what can be got again</td></tr>
 * </table>
 */
package org.scorebook.base;
