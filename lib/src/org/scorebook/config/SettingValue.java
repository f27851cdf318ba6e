package org.scorebook.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.scorebook.base.Names;

/** Turns what a user wrote for a setting into a value of its type, or says what would be right. */
final class SettingValue {
    private final RunSetting setting;
    private final Object raw;

    private SettingValue(RunSetting setting, Object raw) {
        this.setting = setting;
        this.raw = raw;
    }

    /** @param raw a number, boolean, text, choice, list of these, or null */
    static Object convert(RunSetting setting, Object raw) {
        return new SettingValue(setting, raw).value();
    }

    private Object value() {
        Class<?> type = setting.type();
        if (type == String.class) {
            return text();
        }
        if (type.isEnum()) {
            String key = text();
            return setting.table().get(setting.choices().indexOf(key));
        }
        if (raw == null) {
            throw wrong(setting.isFlag() ? "true or false" : "a number");
        }
        if (type == boolean.class) {
            return flag();
        }
        if (type == List.class) {
            return list();
        }
        if (type == double.class) {
            return inRange(number(raw)).doubleValue();
        }
        return type == long.class ? (Object) whole(raw).longValue() : (Object) integer(raw);
    }

    private String text() {
        boolean optional = setting.initial().isEmpty();
        if (raw == null || raw.toString().isBlank()) {
            if (optional) {
                return null;
            }
            throw wrong("a text");
        }
        if (!(raw instanceof CharSequence || raw instanceof Choice)) {
            throw wrong("a text");
        }
        String text = raw.toString();
        List<String> choices = setting.choices();
        if (!choices.isEmpty() && !choices.contains(text)) {
            String hint = Names.nearest(text, choices)
                    .map(c -> "; did you mean " + c + "?")
                    .orElse("");
            throw new IllegalArgumentException(
                    setting.key() + " must be one of " + String.join(", ", choices) + ", but is " + text + hint);
        }
        return text;
    }

    private boolean flag() {
        String text = raw.toString();
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong("true or false");
        }
        return text.equals("true");
    }

    private List<Integer> list() {
        if (raw instanceof Collection<?> elements) {
            return elements.stream().map(this::integer).toList();
        }
        String text = raw.toString().replaceAll("[\\[\\]\\s]", "");
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(this::integer).toList();
    }

    private Integer integer(Object one) {
        return inRange(whole(one)).intValueExact();
    }

    private BigDecimal whole(Object one) {
        BigDecimal number = number(one);
        try {
            if (setting.type() == long.class) {
                number.longValueExact();
            } else {
                number.intValueExact();
            }
            return number;
        } catch (ArithmeticException e) {
            throw wrong(wholeNumber());
        }
    }

    private BigDecimal number(Object one) {
        try {
            return new BigDecimal(String.valueOf(one).strip());
        } catch (NumberFormatException e) {
            throw wrong(setting.type() == double.class ? "a number" : wholeNumber());
        }
    }

    private String wholeNumber() {
        return setting.type() == List.class ? "whole numbers, such as 1,2,2" : "a whole number";
    }

    private BigDecimal inRange(BigDecimal number) {
        double value = number.doubleValue();
        Setting rules = setting.rules();
        if (value < rules.min()) {
            throw wrong("at least " + plain(rules.min()));
        }
        if (value > rules.max()) {
            throw wrong("at most " + plain(rules.max()));
        }
        if (value <= rules.above()) {
            throw wrong("above " + plain(rules.above()));
        }
        if (value >= rules.below()) {
            throw wrong("below " + plain(rules.below()));
        }
        return number;
    }

    private static String plain(double limit) {
        return limit == Double.POSITIVE_INFINITY
                ? "10^308"
                : new BigDecimal(limit).stripTrailingZeros().toPlainString();
    }

    private IllegalArgumentException wrong(String right) {
        return new IllegalArgumentException(
                setting.key() + " must be " + right + ", but is " + (raw == null ? "not set" : raw));
    }
}
