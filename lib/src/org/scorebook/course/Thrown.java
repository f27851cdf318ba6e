package org.scorebook.course;

/**
 * What a student's code threw, in words.
 *
 * @param problem the end of a sentence
 * @param frame where, as Java prints it, which Scorebook's kernel shows as cell and line; may be empty
 * @param cause the exception itself; {@code null} where the sentence says all
 */
record Thrown(String problem, String frame, Throwable cause) {
    private static final String NOT_ANSWERED = " is not answered yet.";
    private static final String SNIPPET = "REPL.";

    /** Throws on what is no fault of the code: a cell that was interrupted. */
    static Thrown by(Throwable e) {
        if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the check was interrupted", e);
        }
        if (e instanceof Error error && !isFault(error)) {
            throw error;
        }
        if (e instanceof UnsupportedOperationException
                && String.valueOf(e.getMessage()).endsWith(NOT_ANSWERED)) {
            return new Thrown("not answered yet", "", null);
        }
        if (e.getClass().getSimpleName().equals("SPIResolutionException")) { // JShell's
            return new Thrown("it uses what is not defined yet: run the cells above", "", null);
        }
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        return new Thrown("stopped with " + e.getClass().getSimpleName() + message, frame(e), e);
    }

    /** Kernels stop a cell's thread with errors of their own. */
    private static boolean isFault(Error error) {
        return error instanceof AssertionError || error instanceof LinkageError || error instanceof VirtualMachineError;
    }

    private static String frame(Throwable e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith(SNIPPET)) {
                return "\tat " + frame;
            }
        }
        return "";
    }

    boolean isNotAnswered() {
        return problem.equals("not answered yet");
    }
}
