package org.scorebook.course;

/** An answer that is not right yet. It has no stack trace: its sentence is meant for the student. */
public final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckFailed(String message) {
        super(message, null, false, false);
    }
}
