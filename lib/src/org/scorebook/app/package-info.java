/**
 * The command line: {@link org.scorebook.app.Main} and one class for each of its commands,
 * {@link org.scorebook.app.Train}, {@link org.scorebook.app.Sample}, {@link org.scorebook.app.Evaluate},
 * {@link org.scorebook.app.Models}, {@link org.scorebook.app.Jobs}, {@link org.scorebook.app.Info},
 * {@link org.scorebook.app.Doctor} and {@link org.scorebook.app.Completion}. {@link org.scorebook.app.ConfigOptions} and
 * {@link org.scorebook.app.SettingOptions}, with an option for each setting, make the settings of a run,
 * {@link org.scorebook.app.ResumeOptions} those of one that goes on; {@link org.scorebook.app.DrawOptions} find a model.
 * The doctor prints a {@link org.scorebook.app.Finding} or more for each {@link org.scorebook.app.Examination}:
 * {@link org.scorebook.app.MachineExaminations}, {@link org.scorebook.app.JupyterExamination},
 * {@link org.scorebook.app.EngineExaminations}.
 */
package org.scorebook.app;
