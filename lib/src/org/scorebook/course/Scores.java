package org.scorebook.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The points of the exercises checked in this Java machine: those of a notebook. A check done again counts anew. */
final class Scores {
    private record Score(int reached, int points) {
        String text() {
            return reached + " of " + points;
        }
    }

    private static final Map<String, Score> SCORES = new LinkedHashMap<>();

    private Scores() {}

    static synchronized void put(String exercise, int reached, int points) {
        SCORES.put(exercise, new Score(reached, points));
    }

    /** Lines of a table of the exercises from 1 to their number, which are worth so much together. */
    static synchronized List<String> table(int exercises, int points) {
        List<String> lines = new ArrayList<>(List.of("exercise  points"));
        int reached = 0;
        for (int i = 1; i <= exercises; i++) {
            Score score = SCORES.get(Integer.toString(i));
            reached += score == null ? 0 : score.reached;
            lines.add(String.format("%8d  %s", i, score == null ? "not checked yet" : score.text()));
        }
        lines.add(String.format("%8s  %s", "total", new Score(reached, points).text()));
        return lines;
    }
}
