package org.scorebook.grading;

import java.util.ArrayList;
import java.util.List;
import org.scorebook.sandbox.Protection;

/**
 * What came of one hand-in.
 *
 * @param student as the hand-in is named
 * @param notebook the name of the notebook, or of the file where it is none
 * @param state {@value #MARKED}, {@value #LOOK}, or why it could not be marked
 * @param exercises one by one
 * @param restorations what was put right, a sentence each
 * @param remarks what a person should look at, a sentence each
 * @param protections what its code was kept from
 * @param version of the library
 * @param begun when, in ISO 8601
 * @param seconds how long it took
 */
public record Mark(
        String student,
        String notebook,
        String state,
        List<ExerciseMark> exercises,
        List<String> restorations,
        List<String> remarks,
        List<Protection> protections,
        String version,
        String begun,
        double seconds) {
    /** All is as it is to be. */
    public static final String MARKED = "marked";

    /** There are remarks, or points are withheld. */
    public static final String LOOK = "marked, look at it";

    /** Copies the lists. */
    public Mark {
        exercises = List.copyOf(exercises);
        restorations = List.copyOf(restorations);
        remarks = List.copyOf(remarks);
        protections = List.copyOf(protections);
    }

    /** With one sentence more that a person should read. */
    Mark withRemark(String remark) {
        List<String> more = new ArrayList<>(remarks);
        more.add(remark);
        return new Mark(student, notebook, LOOK, exercises, restorations, more, protections, version, begun, seconds);
    }

    /** All points that it got. */
    public int points() {
        return exercises.stream().mapToInt(ExerciseMark::points).sum();
    }

    /** All points that there are. */
    public int of() {
        return exercises.stream().mapToInt(ExerciseMark::of).sum();
    }

    /** Whether it was executed. */
    public boolean marked() {
        return state.equals(MARKED) || state.equals(LOOK);
    }
}
