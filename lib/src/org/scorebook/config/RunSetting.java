package org.scorebook.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.data.ImageSets;

/** One setting of a {@link RunConfig}: its name, its help text, and which values it takes. */
public final class RunSetting {
    private static final Map<String, RunSetting> ALL = readComponents();

    private final RecordComponent component;
    private final Setting setting;
    private final String heading;

    private RunSetting(RecordComponent component, Setting setting, String heading) {
        this.component = component;
        this.setting = setting;
        this.heading = heading;
    }

    private static Map<String, RunSetting> readComponents() {
        Map<String, RunSetting> all = new LinkedHashMap<>();
        String heading = "";
        for (RecordComponent component : RunConfig.class.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            heading = setting.heading().isEmpty() ? heading : setting.heading();
            all.put(snakeCase(component.getName()), new RunSetting(component, setting, heading));
        }
        return all;
    }

    static List<RunSetting> all() {
        return new ArrayList<>(ALL.values());
    }

    /**
     * The setting of this name in any of the three ways to write it.
     *
     * @throws IllegalArgumentException for a name that is none, with the one that may have been meant
     */
    public static RunSetting find(String key) {
        RunSetting found = ALL.get(snakeCase(Require.given("key", key)).replace('-', '_'));
        if (found == null) {
            throw new IllegalArgumentException("unknown setting " + key + Names.hint(snakeCase(key), ALL.keySet()));
        }
        return found;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The name in JSON, such as {@code batch_size}. */
    public String key() {
        return snakeCase(component.getName());
    }

    /** The option of the command line, such as {@code --batch-size}. */
    public String option() {
        return "--" + key().replace('_', '-');
    }

    /** The group in the help text. */
    public String heading() {
        return heading;
    }

    /** One line. */
    public String help() {
        return HelpText.fill(setting.help());
    }

    /** The default as it would be written on the command line; empty for none. */
    public String initial() {
        return setting.initial();
    }

    /** The possible values of a text; none where every text is possible. */
    public List<String> choices() {
        return setting.imageSet()
                ? ImageSets.names()
                : table().stream().map(Choice::key).toList();
    }

    /** The entries of its table; none where it has no table. */
    public List<Choice> table() {
        Object[] constants = component.getType().getEnumConstants();
        return constants == null
                ? List.of()
                : Arrays.stream(constants).map(Choice.class::cast).toList();
    }

    /** Whether it is on or off. */
    public boolean isFlag() {
        return component.getType() == boolean.class;
    }

    /** Whether it is a list of numbers. */
    public boolean isList() {
        return component.getType() == List.class;
    }

    /** Whether it is a number, or a list of numbers. */
    public boolean isNumeric() {
        return !isFlag() && component.getType() != String.class && table().isEmpty();
    }

    RecordComponent component() {
        return component;
    }

    Class<?> type() {
        return component.getType();
    }

    Setting rules() {
        return setting;
    }

    /**
     * Checks a value by itself, as {@link RunConfig#with} takes it.
     *
     * @throws IllegalArgumentException for one that is impossible
     */
    public void check(Object value) {
        parse(value);
    }

    /** The value that a configuration has for one that {@link RunConfig#with} takes; throws as {@link #check}. */
    public Object parse(Object value) {
        return SettingValue.convert(this, value);
    }

    /** Its value in a configuration; null for a text that is absent. */
    public Object of(RunConfig config) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
