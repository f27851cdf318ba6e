/**
 * The settings of a training run, with names for prepared ones, and the tables of what settings can name: one constant is one
 * entry, with its help, the kinds of models that it serves, and how it is made. Whatever else has to know the names reads them
 * there.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.config.RunConfig}</td><td>every setting of a run; presets, JSON; its parts are
 * {@link org.scorebook.config.Presets} and {@link org.scorebook.config.ConfigJson}</td></tr>
 * <tr><td>{@link org.scorebook.config.RunSetting}</td><td>one setting: name, option, help;
 * {@link org.scorebook.config.Setting} is what the component says of itself</td></tr>
 * <tr><td>{@link org.scorebook.config.SamplerKind}, {@link org.scorebook.config.ScheduleKind},
 * {@link org.scorebook.config.NetworkKind}, {@link org.scorebook.config.ObjectiveKind},
 * {@link org.scorebook.config.PredictionKind}</td><td>the tables, of {@link org.scorebook.config.Choice}s; small ones are
 * {@link org.scorebook.config.Conditioning}, {@link org.scorebook.config.Downsampling},
 * {@link org.scorebook.config.ChainStart}, {@link org.scorebook.config.LrDecay} and {@link org.scorebook.config.Precision}; image sets have theirs in
 * {@link org.scorebook.data.ImageSets}</td></tr>
 * <tr><td>{@link org.scorebook.config.ModelKind}</td><td>what a training makes of a network</td></tr>
 * <tr><td>{@link org.scorebook.config.HelpText}</td><td>what help texts take from the tables</td></tr>
 * <tr><td>{@link org.scorebook.config.SettingValue}, {@link org.scorebook.config.ConfigRules},
 * {@link org.scorebook.config.TrainingRules}</td><td>check one setting, what several must fulfil together, and what a training
 * needs besides</td></tr>
 * </table>
 */
package org.scorebook.config;
