package org.scorebook.course;

/** An answer that is not right yet. It has no stack trace: its sentence is meant for the student. */
public final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param cause what the student's code threw, or {@code null} */
    CheckFailed(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
