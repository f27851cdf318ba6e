package org.scorebook.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One of the values of a setting that takes only a few: an entry of a table such as {@link SamplerKind}. All that is known of
 * the value stands there; settings, help, completion, error messages and construction read it.
 */
public interface Choice {
    /** The constant's name, such as {@code DPM_SOLVER}. */
    String name();

    /** What it is, in a few words. */
    String help();

    /** The kinds of models that it serves. */
    default Set<ModelKind> fits() {
        return EnumSet.allOf(ModelKind.class);
    }

    /** The name as it is written in JSON and on the command line, such as {@code dpm-solver}. */
    default String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constants of a type for which a condition holds, in the table's order. */
    static <T extends Choice> List<T> those(T[] all, Predicate<T> condition) {
        return Arrays.stream(all).filter(condition).toList();
    }

    /** As in a sentence: {@code a, b or c}. */
    static String words(Collection<?> things, String lastJoin) {
        List<String> words =
                new ArrayList<>(things.stream().map(Object::toString).toList());
        String last = words.remove(words.size() - 1);
        return words.isEmpty() ? last : String.join(", ", words) + " " + lastJoin + " " + last;
    }
}
