package org.scorebook.trace;

/** A computation cannot be written down as TorchScript; it can still be done step by step. */
public final class Untraceable extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    /** @param reason what stands in the way, as one clause */
    Untraceable(String reason) {
        super(reason);
    }
}
