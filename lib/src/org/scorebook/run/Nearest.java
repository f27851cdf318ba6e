package org.scorebook.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that someone meant who wrote another. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the least edits, where these are at most half of the name's letters. */
    static Optional<String> to(String name, Collection<String> candidates) {
        String lower = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt(c -> distance(lower, c)))
                .filter(c -> distance(lower, c) <= Math.max(name.length(), 2) / 2);
    }

    /** {@code "; did you mean NAME?"}, or all names where none is near. */
    static String hint(String name, Collection<String> candidates) {
        return to(name, candidates)
                .map(c -> "; did you mean " + c + "?")
                .orElseGet(() -> "; there are: " + String.join(", ", candidates));
    }

    /** Levenshtein's distance: insertions, deletions and replacements of one letter. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
