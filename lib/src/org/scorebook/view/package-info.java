/**
 * What a person looks at: pictures, charts, tables, animations, progress, and their way onto a notebook page.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.view.Notebook}</td><td>the one facade that notebooks call</td></tr>
 * <tr><td>{@link org.scorebook.view.Progress}</td><td>a bar that moves while work goes on</td></tr>
 * <tr><td>{@link org.scorebook.view.ComputationGraph}, {@link org.scorebook.view.GraphDrawing}</td><td>a drawn graph of a computation and its gradients</td></tr>
 * <tr><td>{@link org.scorebook.view.HeatMap}</td><td>a function of two numbers as colours, between axes:
 * {@link org.scorebook.view.Axis}, {@link org.scorebook.view.AxisDrawing}</td></tr>
 * <tr><td>{@link org.scorebook.view.Charts}</td><td>XChart charts in one style, drawn sharply</td></tr>
 * <tr><td>{@link org.scorebook.view.Picture}</td><td>drawing at twice the pixels, PNG, data URIs</td></tr>
 * <tr><td>{@link org.scorebook.view.Gif}</td><td>animations</td></tr>
 * <tr><td>{@link org.scorebook.view.HtmlTable}</td><td>Tablesaw tables as HTML</td></tr>
 * <tr><td>{@link org.scorebook.view.Palette}</td><td>the colours</td></tr>
 * <tr><td>{@link org.scorebook.view.Values}</td><td>small arrays as a line of text</td></tr>
 * <tr><td>{@link org.scorebook.view.Display}, {@link org.scorebook.view.KernelDisplay}</td><td>the display call of the
 * kernel that is present</td></tr>
 * </table>
 */
package org.scorebook.view;
