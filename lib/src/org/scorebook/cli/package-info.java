/**
 * The command line: {@link org.scorebook.cli.Main} and one class for each of its commands,
 * {@link org.scorebook.cli.Train}, {@link org.scorebook.cli.SweepCommand}, {@link org.scorebook.drawing.Sample}, {@link org.scorebook.drawing.Evaluate},
 * {@link org.scorebook.cli.Models}, {@link org.scorebook.cli.Jobs}, {@link org.scorebook.cli.Data},
 * {@link org.scorebook.cli.Serve}, {@link org.scorebook.cli.Info}, {@link org.scorebook.cli.Doctor} and
 * {@link org.scorebook.cli.Completion}. {@link org.scorebook.cli.ConfigOptions} and {@link org.scorebook.cli.SettingOptions}, with an option for each setting, make the settings of a run,
 * {@link org.scorebook.cli.ResumeOptions} those of one that goes on; those that find a model are in {@link org.scorebook.drawing.DrawOptions}.
 * {@link org.scorebook.cli.TrainCommand} tells the processes of jobs which of these to run.
 * {@link org.scorebook.cli.FolderText} tells what {@link org.scorebook.cli.DataCheck} found.
 */
package org.scorebook.cli;
