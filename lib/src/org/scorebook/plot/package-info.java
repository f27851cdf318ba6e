/**
 * Arrays as pictures: charts, planes, heat maps, images.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.plot.Picture}</td><td>drawing at twice the pixels, PNG;
 * {@link org.scorebook.plot.Seen}: what is seen, in words</td></tr>
 * <tr><td>{@link org.scorebook.plot.ImageGrid}</td><td>arrays of images; {@link org.scorebook.plot.ImageTable}: with names of rows and columns</td></tr>
 * <tr><td>{@link org.scorebook.plot.Charts}</td><td>XChart charts in one style, drawn sharply:
 * {@link org.scorebook.plot.ChartStyle}, {@link org.scorebook.plot.Legend}, {@link org.scorebook.plot.LossCurve},
 * {@link org.scorebook.plot.Histogram}</td></tr>
 * <tr><td>{@link org.scorebook.plot.Plane}</td><td>densities, vector fields, points and paths in the plane, with one scale
 * for both axes: {@link org.scorebook.plot.PlaneDrawing}, {@link org.scorebook.plot.PlaneGrid}; its layers
 * {@link org.scorebook.plot.PlaneLayer}, {@link org.scorebook.plot.Quiver} with {@link org.scorebook.plot.ArrowLength},
 * {@link org.scorebook.plot.Dots}, {@link org.scorebook.plot.Trails}, {@link org.scorebook.plot.Coordinates}</td></tr>
 * <tr><td>{@link org.scorebook.plot.HeatMap}</td><td>a function of two numbers as colours, with a colour bar</td></tr>
 * <tr><td>{@link org.scorebook.plot.DensityOverTime}</td><td>a heat map of particles' histograms, one for each time</td></tr>
 * <tr><td>{@link org.scorebook.plot.Strip}</td><td>pictures side by side, with captions and one title</td></tr>
 * <tr><td>{@link org.scorebook.plot.Axis}, {@link org.scorebook.plot.AxisDrawing}, {@link org.scorebook.plot.PlotArea},
 * {@link org.scorebook.plot.Heading}, {@link org.scorebook.plot.ColourScale}, {@link org.scorebook.plot.ColourBar}</td><td>what planes and heat maps are drawn
 * with</td></tr>
 * <tr><td>{@link org.scorebook.plot.Palette}</td><td>the colours</td></tr>
 * </table>
 */
package org.scorebook.plot;
