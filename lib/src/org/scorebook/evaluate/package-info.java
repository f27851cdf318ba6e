/**
 * A trained model's figures.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.evaluate.Evaluation}</td><td>compares images with a data set:
 * {@link org.scorebook.evaluate.FeatureSet} has the features of images, {@link org.scorebook.evaluate.FeatureCache} the
 * classifiers that give them</td></tr>
 * <tr><td>{@link org.scorebook.evaluate.ModelEvaluation}</td><td>does it for a model and gives an
 * {@link org.scorebook.evaluate.EvaluationResult}, after {@link org.scorebook.evaluate.WorkPart}s, with
 * {@link org.scorebook.evaluate.Memorisation}, drawn by one process or, in {@link org.scorebook.evaluate.FeatureParts}, by
 * several; of an energy with {@link org.scorebook.evaluate.EnergyFigures}</td></tr>
 * <tr><td>{@link org.scorebook.evaluate.FixedLoss}, {@link org.scorebook.evaluate.EnergyGap}</td><td>the losses of a
 * network and of an energy on images that are not trained on</td></tr>
 * </table>
 */
package org.scorebook.evaluate;
