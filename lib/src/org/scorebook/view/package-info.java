/**
 * What a notebook page shows: pictures, tables, animations, progress.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.view.Notebook}</td><td>the one facade that notebooks call</td></tr>
 * <tr><td>{@link org.scorebook.view.Progress}</td><td>a bar that moves while work goes on</td></tr>
 * <tr><td>{@link org.scorebook.view.Live}</td><td>a place whose content is replaced while work goes on</td></tr>
 * <tr><td>{@link org.scorebook.view.Slider}</td><td>pictures that sliders show: {@link org.scorebook.view.SliderHtml},
 * {@link org.scorebook.view.IndexedPng}</td></tr>
 * <tr><td>{@link org.scorebook.view.Gif}</td><td>animations: {@link org.scorebook.view.SharedPalette},
 * {@link org.scorebook.view.GifWriter}</td></tr>
 * <tr><td>{@link org.scorebook.view.HtmlTable}</td><td>Tablesaw tables as HTML</td></tr>
 * <tr><td>{@link org.scorebook.view.Values}</td><td>small arrays as a line of text</td></tr>
 * <tr><td>{@link org.scorebook.view.Display}, {@link org.scorebook.view.KernelDisplay}</td><td>the display call of the
 * kernel that is present</td></tr>
 * <tr><td>{@link org.scorebook.view.KernelExtension}</td><td>tables and charts as last values, for kernels that ask for
 * it</td></tr>
 * </table>
 */
package org.scorebook.view;
