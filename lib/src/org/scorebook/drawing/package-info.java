/**
 * The commands that draw from a trained model.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.drawing.Sample}</td><td>draws images into {@link org.scorebook.drawing.SampleFiles}</td></tr>
 * <tr><td>{@link org.scorebook.drawing.Evaluate}</td><td>measures how far they are from the data</td></tr>
 * <tr><td>{@link org.scorebook.drawing.DrawOptions}</td><td>what both are asked: which model, and how</td></tr>
 * </table>
 */
package org.scorebook.drawing;
