/**
 * Image sets: found or downloaded, read, and split.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.data.ImageSets}</td><td>the sets by name, found on this machine or downloaded, in
 * {@link org.scorebook.data.Splits} to train, validate and test; {@link org.scorebook.data.ImageOptions} says how much of
 * them. Its parts are {@link org.scorebook.data.ImageSource} ({@link org.scorebook.data.MnistSource},
 * {@link org.scorebook.data.Cifar10Source}), {@link org.scorebook.data.DataPlaces},
 * {@link org.scorebook.data.PublishedSet} and {@link org.scorebook.data.Download}</td></tr>
 * <tr><td>{@link org.scorebook.data.LabelledImages}</td><td>images with their classes, taken by number as a
 * {@link org.scorebook.data.Batch}</td></tr>
 * <tr><td>{@link org.scorebook.data.ImageSet}</td><td>such images, one byte a value; read from
 * {@link org.scorebook.data.Idx} files (MNIST, Fashion-MNIST), {@link org.scorebook.data.Cifar10} files, an
 * {@link org.scorebook.data.ImageFolder} of PNG and JPEG, or the built-in {@link org.scorebook.data.Emoji}</td></tr>
 * <tr><td>{@link org.scorebook.data.FolderLayout}</td><td>which pictures such a folder has, none opened;
 * {@link org.scorebook.data.PictureFile} reads one to a {@link org.scorebook.data.FilePicture} of some
 * {@link org.scorebook.data.PictureKind}, {@link org.scorebook.data.InParallel} reads many</td></tr>
 * <tr><td>{@link org.scorebook.data.BadDataFile}, {@link org.scorebook.data.MissingData}</td><td>what can go wrong</td></tr>
 * </table>
 */
package org.scorebook.data;
