package org.scorebook.generation;

/** That an order was not taken. */
public final class QueueFullException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** As many orders as there may be are waiting or being drawn. */
        BUSY,
        /** No more orders are taken. */
        STOPPING
    }

    private final Reason reason;

    QueueFullException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
