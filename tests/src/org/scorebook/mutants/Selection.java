package org.scorebook.mutants;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Some of many mutants: of each kind as many as of any other, as far as there are any, in the order of the kinds. */
final class Selection {
    private Selection() {}

    /** At most so many of the mutants of one exercise, always the same; those of the whole result come before others of their kind. */
    static List<Mutant> of(List<Mutant> mutants, int most) {
        if (mutants.size() <= most) {
            return mutants;
        }
        List<Deque<Mutant>> kinds = byKind(mutants);
        List<Mutant> chosen = new ArrayList<>();
        for (int i = 0; chosen.size() < most; i++) {
            Deque<Mutant> kind = kinds.get(i % kinds.size());
            if (!kind.isEmpty()) {
                chosen.add(kind.pop());
            }
        }
        return chosen;
    }

    private static List<Deque<Mutant>> byKind(List<Mutant> mutants) {
        List<Mutant> shuffled = new ArrayList<>(mutants);
        Collections.shuffle(shuffled, new Random(mutants.get(0).source().hashCode()));
        Map<Kind, Deque<Mutant>> byKind = new TreeMap<>();
        for (Mutant mutant : shuffled) {
            Deque<Mutant> kind = byKind.computeIfAbsent(mutant.kind(), each -> new ArrayDeque<>());
            if (mutant.whole()) {
                kind.addFirst(mutant);
            } else {
                kind.addLast(mutant);
            }
        }
        return new ArrayList<>(byKind.values());
    }
}
