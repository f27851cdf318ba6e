/**
 * Training runs: their settings, their folders, and the processes that they run in.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.run.RunConfig}</td><td>every setting of a run, presets, JSON;
 * {@link org.scorebook.run.Setting} and {@link org.scorebook.run.RunSetting} describe a setting,
 * {@link org.scorebook.run.SettingValue} and {@link org.scorebook.run.ConfigRules} check it</td></tr>
 * <tr><td>{@link org.scorebook.run.RunDirectory}</td><td>what a run writes: {@link org.scorebook.run.Status} with
 * {@link org.scorebook.run.RunState} and {@link org.scorebook.run.Progressed}, {@link org.scorebook.run.LossHistory},
 * metrics, samples, checkpoints; {@link org.scorebook.base.AtomicFiles} writes them whole</td></tr>
 * <tr><td>{@link org.scorebook.run.Runs}</td><td>the folder of all runs, and their IDs</td></tr>
 * <tr><td>{@link org.scorebook.run.TrainingJob}</td><td>a training in a process of its own: started by
 * {@link org.scorebook.run.Launcher}, which runs a {@link org.scorebook.run.TrainingProgram}, and recognised by
 * {@link org.scorebook.run.ProcessMark}</td></tr>
 * <tr><td>{@link org.scorebook.run.RunProcess}</td><td>what that process does: it waits in a
 * {@link org.scorebook.run.DeviceQueue}, tells a {@link org.scorebook.run.RunListener}, runs a {@link org.scorebook.run.Training}, heeds
 * {@link org.scorebook.run.StopSignal}</td></tr>
 * <tr><td>{@link org.scorebook.run.TrainingLoop}</td><td>trains: a {@link org.scorebook.run.Learner} takes steps with a
 * {@link org.scorebook.run.Trainee}, which is a {@link org.scorebook.run.FieldTrainee} or an
 * {@link org.scorebook.run.EnergyTrainee}; {@link org.scorebook.run.RunReport} tells of them,
 * {@link org.scorebook.run.Setback} goes back when one runs away</td></tr>
 * <tr><td>{@link org.scorebook.run.Extension}</td><td>more epochs for a run that has begun</td></tr>
 * <tr><td>{@link org.scorebook.run.FixedLoss}, {@link org.scorebook.run.EnergyGap},
 * {@link org.scorebook.run.EnergyFigures}</td><td>what is measured on images that are not trained on</td></tr>
 * <tr><td>{@link org.scorebook.run.Devices}</td><td>the devices that {@code device} names</td></tr>
 * <tr><td>{@link org.scorebook.run.RunPanel}</td><td>a run on a notebook page, renewed by
 * {@link org.scorebook.run.RunWatch}; {@link org.scorebook.run.RunText} in words</td></tr>
 * <tr><td>{@link org.scorebook.run.TrainedModel}</td><td>a model from a checkpoint, which a
 * {@link org.scorebook.run.ModelSource} finds, or a {@link org.scorebook.run.ShippedModel} from the library; {@link org.scorebook.run.Drawing} draws
 * many images by a {@link org.scorebook.run.SamplingPlan}, of classes that {@link org.scorebook.run.ClassLabels} finds, with
 * {@link org.scorebook.run.ImageNoise}</td></tr>
 * <tr><td>{@link org.scorebook.run.Evaluation}</td><td>compares images with a data set: {@link org.scorebook.run.FeatureSet},
 * {@link org.scorebook.run.FeatureCache}; {@link org.scorebook.run.ModelEvaluation} does it for a model and gives an
 * {@link org.scorebook.run.EvaluationResult}</td></tr>
 * <tr><td>{@link org.scorebook.run.Work}</td><td>is told of the progress of these</td></tr>
 * </table>
 */
package org.scorebook.run;
