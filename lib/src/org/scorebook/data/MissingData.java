package org.scorebook.data;

import java.io.IOException;

/** An image set that is not on this machine. The message says where to put which files. */
public final class MissingData extends IOException {
    private static final long serialVersionUID = 1;

    MissingData(String message, Throwable cause) {
        super(message, cause);
    }
}
