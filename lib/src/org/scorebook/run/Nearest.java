package org.scorebook.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.scorebook.process.Names;

/** The name that someone meant who wrote another. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the least edits, where these are at most half of the name's letters. */
    static Optional<String> to(String name, Collection<String> candidates) {
        String lower = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt(c -> Names.distance(lower, c)))
                .filter(c -> Names.distance(lower, c) <= Math.max(name.length(), 2) / 2);
    }

    /** {@code "; did you mean NAME?"}, or all names where none is near. */
    static String hint(String name, Collection<String> candidates) {
        return to(name, candidates)
                .map(c -> "; did you mean " + c + "?")
                .orElseGet(() -> "; there are: " + String.join(", ", candidates));
    }
}
