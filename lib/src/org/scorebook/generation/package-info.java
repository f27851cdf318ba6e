/**
 * Images by request: one device, a queue, and bytes that do not depend on who else asks.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.generation.Generator}</td><td>takes orders and draws them, one tile of images after the
 * other; refuses with a {@link org.scorebook.generation.QueueFullException}</td></tr>
 * <tr><td>{@link org.scorebook.generation.ModelShelf}</td><td>the models in memory</td></tr>
 * <tr><td>{@link org.scorebook.generation.Order}</td><td>what to draw; its
 * {@link org.scorebook.generation.Ticket} waits for the {@link org.scorebook.generation.Result}, or cancels</td></tr>
 * <tr><td>{@link org.scorebook.generation.GenerationListener}</td><td>sees
 * {@link org.scorebook.generation.GenerationProgress}, with the images becoming clear</td></tr>
 * </table>
 */
package org.scorebook.generation;
