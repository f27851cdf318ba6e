/**
 * What a person looks at: pictures, charts, tables, animations, progress, and their way onto a notebook page.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.view.Notebook}</td><td>the one facade that notebooks call</td></tr>
 * <tr><td>{@link org.scorebook.view.Progress}</td><td>a bar that moves while work goes on</td></tr>
 * <tr><td>{@link org.scorebook.view.Live}</td><td>a place whose content is replaced while work goes on</td></tr>
 * <tr><td>{@link org.scorebook.view.ComputationGraph}, {@link org.scorebook.view.GraphDrawing}</td><td>a drawn graph of a computation and its gradients</td></tr>
 * <tr><td>{@link org.scorebook.view.Plane}</td><td>densities, vector fields, points and paths in the plane, with one scale
 * for both axes: {@link org.scorebook.view.PlaneDrawing}, {@link org.scorebook.view.PlaneGrid}; its layers
 * {@link org.scorebook.view.PlaneLayer}, {@link org.scorebook.view.Quiver} with {@link org.scorebook.view.ArrowLength},
 * {@link org.scorebook.view.Dots}, {@link org.scorebook.view.Trails}, {@link org.scorebook.view.Rows}</td></tr>
 * <tr><td>{@link org.scorebook.view.HeatMap}</td><td>a function of two numbers as colours, with a colour bar</td></tr>
 * <tr><td>{@link org.scorebook.view.DensityOverTime}</td><td>a heat map of particles' histograms, one for each time</td></tr>
 * <tr><td>{@link org.scorebook.view.ImageGrid}</td><td>arrays of images as one picture</td></tr>
 * <tr><td>{@link org.scorebook.view.Strip}</td><td>pictures side by side, with captions and one title</td></tr>
 * <tr><td>{@link org.scorebook.view.Axis}, {@link org.scorebook.view.AxisDrawing}, {@link org.scorebook.view.PlotArea},
 * {@link org.scorebook.view.Heading}, {@link org.scorebook.view.ColourScale}</td><td>what planes and heat maps are drawn
 * with</td></tr>
 * <tr><td>{@link org.scorebook.view.Charts}</td><td>XChart charts in one style, drawn sharply:
 * {@link org.scorebook.view.ChartStyle}, {@link org.scorebook.view.LossCurve},
 * {@link org.scorebook.view.Histogram}</td></tr>
 * <tr><td>{@link org.scorebook.view.Picture}</td><td>drawing at twice the pixels, PNG, data URIs</td></tr>
 * <tr><td>{@link org.scorebook.view.Gif}</td><td>animations: {@link org.scorebook.view.GifPalette},
 * {@link org.scorebook.view.GifWriter}</td></tr>
 * <tr><td>{@link org.scorebook.view.HtmlTable}</td><td>Tablesaw tables as HTML</td></tr>
 * <tr><td>{@link org.scorebook.view.Palette}</td><td>the colours</td></tr>
 * <tr><td>{@link org.scorebook.view.Values}</td><td>small arrays as a line of text</td></tr>
 * <tr><td>{@link org.scorebook.view.Display}, {@link org.scorebook.view.KernelDisplay}</td><td>the display call of the
 * kernel that is present</td></tr>
 * <tr><td>{@link org.scorebook.view.KernelExtension}</td><td>tables and charts as last values, for kernels that ask for
 * it</td></tr>
 * </table>
 */
package org.scorebook.view;
