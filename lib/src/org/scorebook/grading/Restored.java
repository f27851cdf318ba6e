package org.scorebook.grading;

import java.util.List;
import java.util.Map;
import org.scorebook.ipynb.NotebookFile;

/**
 * A hand-in as it is executed: the student's answers with the original checks.
 *
 * @param notebook with the checks in place
 * @param restorations what was put right, a sentence each
 * @param remarks what a person should look at, a sentence each
 * @param answers by exercise, the places of its answers among the cells
 * @param checks by exercise, the places of its checks among the cells
 * @param withheld by exercise, why it gets no points before a person has looked
 */
record Restored(
        NotebookFile notebook,
        List<String> restorations,
        List<String> remarks,
        Map<String, List<Integer>> answers,
        Map<String, List<Integer>> checks,
        Map<String, String> withheld) {
    Restored {
        restorations = List.copyOf(restorations);
        remarks = List.copyOf(remarks);
        answers = Map.copyOf(answers);
        checks = Map.copyOf(checks);
        withheld = Map.copyOf(withheld);
    }
}
