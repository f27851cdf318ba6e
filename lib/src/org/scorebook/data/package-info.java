/**
 * What models are trained on.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.data.GaussianMixture}</td><td>a toy density of any dimension with its exact score;
 * {@link org.scorebook.data.DiffusedMixture} is the same under noise, by {@link org.scorebook.data.MixtureComponents}</td></tr>
 * <tr><td>{@link org.scorebook.data.PointSet}</td><td>points of the plane, drawn from a seed: on curves
 * {@link org.scorebook.data.SwissRoll}, {@link org.scorebook.data.SCurve}, {@link org.scorebook.data.Moons} (whose density is known),
 * {@link org.scorebook.data.Circles}; filling areas {@link org.scorebook.data.Checkerboard},
 * {@link org.scorebook.data.Pinwheel}</td></tr>
 * <tr><td>{@link org.scorebook.data.Standardized}</td><td>any of these with mean 0 and a given deviation</td></tr>
 * <tr><td>{@link org.scorebook.data.ImageSets}</td><td>the image sets by name, found on this machine or downloaded, in
 * {@link org.scorebook.data.Splits} to train, validate and test; {@link org.scorebook.data.ImageOptions} says how much of
 * them. Its parts are {@link org.scorebook.data.ImageSource} ({@link org.scorebook.data.MnistSource},
 * {@link org.scorebook.data.Cifar10Source}), {@link org.scorebook.data.DataPlaces},
 * {@link org.scorebook.data.PublishedSet} and {@link org.scorebook.data.Download}</td></tr>
 * <tr><td>{@link org.scorebook.data.ImageSet}</td><td>labelled images, one byte a value; read from
 * {@link org.scorebook.data.Idx} files (MNIST, Fashion-MNIST), {@link org.scorebook.data.Cifar10} files, an
 * {@link org.scorebook.data.ImageFolder} of PNG and JPEG, or the built-in {@link org.scorebook.data.Emoji}</td></tr>
 * <tr><td>{@link org.scorebook.data.FolderCheck}</td><td>looks at a folder before a training does, and gives a
 * {@link org.scorebook.data.FolderReport}</td></tr>
 * <tr><td>{@link org.scorebook.data.ImageBatches}</td><td>each {@link org.scorebook.data.Batch} of each epoch, prepared
 * ahead by the thread of {@link org.scorebook.data.BatchFeeder} in {@link org.scorebook.data.EpochOrder}</td></tr>
 * <tr><td>{@link org.scorebook.data.BadDataFile}, {@link org.scorebook.data.MissingData}</td><td>what can go wrong</td></tr>
 * </table>
 */
package org.scorebook.data;
