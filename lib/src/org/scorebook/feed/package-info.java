/**
 * The batches of a training, in an order that follows from its seed.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.feed.ImageBatches}</td><td>each batch of each epoch, in
 *     {@link org.scorebook.feed.EpochOrder}</td></tr>
 * <tr><td>{@link org.scorebook.feed.BatchFeeder}</td><td>a thread that prepares them ahead</td></tr>
 * <tr><td>{@link org.scorebook.feed.ResidentImages}</td><td>images that lie on the device, where batches are gathered</td></tr>
 * </table>
 */
package org.scorebook.feed;
