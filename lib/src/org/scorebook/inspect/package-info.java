/**
 * What a training would find in a folder of pictures.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.inspect.FolderCheck}</td><td>looks at all pictures, and goes on where a training would end</td></tr>
 * <tr><td>{@link org.scorebook.inspect.FolderReport}</td><td>what it found</td></tr>
 * </table>
 */
package org.scorebook.inspect;
