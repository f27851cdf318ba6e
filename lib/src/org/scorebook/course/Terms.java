package org.scorebook.course;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A right value that is a sum, and what comes where some of its terms are missing or have the other sign. */
final class Terms {
    private static final int MOST = 6; // there are mistakes for all their subsets

    private final List<String> names;
    private final List<Double> values;

    Terms(Map<String, Double> terms) {
        if (terms.size() < 2 || terms.size() > MOST) {
            throw new IllegalArgumentException("terms must be 2 to " + MOST + ", but are " + terms.size());
        }
        Map<String, Double> sorted = new TreeMap<>(terms);
        this.names = List.copyOf(sorted.keySet());
        this.values = List.copyOf(sorted.values());
    }

    double sum() {
        return values.stream().mapToDouble(v -> v).sum();
    }

    /** By hint what such a mistake leads to, few terms before many. */
    Map<String, Double> mistakes() {
        Map<String, Double> mistakes = new LinkedHashMap<>();
        for (List<Integer> some : subsets()) {
            String which = String.join(" and ", some.stream().map(names::get).toList());
            double part = some.stream().mapToDouble(values::get).sum();
            mistakes.put(
                    "what your value lacks is " + which + ": left out, or cut from what is differentiated?",
                    sum() - part);
            mistakes.put(
                    "with the other sign of " + which + " your value is right: " + Variation.Wrong.OPPOSITE.advice(),
                    sum() - 2 * part);
        }
        return mistakes;
    }

    /** Of the terms' places; neither none nor all. */
    private List<List<Integer>> subsets() {
        List<List<Integer>> subsets = new ArrayList<>();
        for (int bits = 1; bits < (1 << names.size()) - 1; bits++) {
            List<Integer> some = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    some.add(i);
                }
            }
            subsets.add(some);
        }
        subsets.sort(Comparator.comparing(List::size));
        return subsets;
    }
}
