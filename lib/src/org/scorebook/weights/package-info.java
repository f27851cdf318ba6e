/**
 * Arrays by name in files that Python reads and writes, too.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.weights.Safetensors}</td><td>such a file, written and read; {@link org.scorebook.weights.SafetensorsHeader}
 *     says where in it each array stands</td></tr>
 * <tr><td>{@link org.scorebook.weights.Fingerprint}</td><td>whether arrays or files are the same</td></tr>
 * </table>
 */
package org.scorebook.weights;
