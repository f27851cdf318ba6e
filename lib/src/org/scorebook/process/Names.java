package org.scorebook.process;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** Names that people type, out of a set of known ones. */
public final class Names {
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
