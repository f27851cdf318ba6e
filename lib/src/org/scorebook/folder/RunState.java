package org.scorebook.folder;

import com.google.gson.annotations.SerializedName;
import java.util.Locale;

/** Where a run is in its life. */
public enum RunState {
    /** Waits for its process to begin, or for its device. */
    @SerializedName("queued")
    QUEUED,
    /** Trains. */
    @SerializedName("running")
    RUNNING,
    /** Trained to the end. */
    @SerializedName("succeeded")
    SUCCEEDED,
    /** Stopped by an error; the status says which. */
    @SerializedName("failed")
    FAILED,
    /** Stopped by someone, after a checkpoint; can be resumed. */
    @SerializedName("cancelled")
    CANCELLED;

    /** Whether a process is at work on it, or will be. */
    public boolean isOpen() {
        return this == QUEUED || this == RUNNING;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
