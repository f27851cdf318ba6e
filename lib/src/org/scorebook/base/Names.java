package org.scorebook.base;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names that people type, out of a set of known ones. */
public final class Names {
    private static final int LONGEST = 80;

    private Names() {}

    /**
     * The error for a name that is not known, with the known one that is nearest in spelling.
     *
     * @param what kind of thing is named, as "image set"
     * @param name as typed
     * @param known at least one
     */
    public static IllegalArgumentException unknown(String what, String name, Collection<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
        return new IllegalArgumentException("there is no " + what + " \"" + name + "\"; did you mean \"" + nearest
                + "\"? Known are " + String.join(", ", known));
    }

    /** The known name with the least edits, where these are at most half of the name's letters. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate)))
                .filter(candidate -> distance(lower, candidate) <= Math.max(name.length(), 2) / 2);
    }

    /** The end of a sentence on a name that is not known: {@code "; did you mean NAME?"}, or all names where none is near. */
    public static String hint(String name, Collection<String> known) {
        return nearest(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> "; there are: " + String.join(", ", known));
    }

    /**
     * A name as that of a file: letters, digits, dots, dashes and underscores, at most 80; others become one dash.
     *
     * @param otherwise what it is where nothing is left
     */
    public static String ofFile(String name, String otherwise) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|-+$", "");
        return safe.isEmpty() ? otherwise : safe.substring(0, Math.min(LONGEST, safe.length()));
    }

    /** How many letters must be added, dropped or replaced to make one name of the other (Levenshtein). */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
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
