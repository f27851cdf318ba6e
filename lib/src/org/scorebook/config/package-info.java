/**
 * The settings of a training run, with names for prepared ones.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.config.RunConfig}</td><td>every setting of a run; presets, JSON; its parts are
 * {@link org.scorebook.config.Presets} and {@link org.scorebook.config.ConfigJson}</td></tr>
 * <tr><td>{@link org.scorebook.config.RunSetting}</td><td>one setting: name, option, help;
 * {@link org.scorebook.config.Setting} is what the component says of itself</td></tr>
 * <tr><td>{@link org.scorebook.config.SettingValue}, {@link org.scorebook.config.ConfigRules}</td><td>check one setting,
 * and what several must fulfil together</td></tr>
 * </table>
 */
package org.scorebook.config;
