package org.scorebook.folder;

import com.google.gson.annotations.SerializedName;
import java.util.Locale;

/** How the steps of a training are computed. */
public enum StepMode {
    /** Each in one native call: loss, gradients, optimizer and average. */
    @SerializedName("native")
    NATIVE,
    /** Operation by operation, by calls from Java; slower. */
    @SerializedName("eager")
    EAGER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
