package org.scorebook.folder;

import java.time.Duration;
import java.util.Locale;

/** A run's status in words. */
public final class RunText {
    private RunText() {}

    /** One line: ID, state, steps, pace, time left, error or note. */
    public static String line(String id, Status status) {
        StringBuilder text = new StringBuilder(id + ": " + status.state());
        if (status.totalSteps() > 0) {
            text.append(", step " + status.step() + " of " + status.totalSteps());
        }
        if (status.state() == RunState.RUNNING) {
            text.append(pace(status));
        }
        String remark = status.error() == null ? status.note() : status.error();
        return text + (remark == null ? "" : " (" + remark + ")");
    }

    /** How its steps are computed, and why not each in one native call where they are not; empty before the first. */
    public static String steps(Status status) {
        if (status.stepMode() == null) {
            return "";
        }
        return status.stepMode() == StepMode.NATIVE
                ? "each step is one native call"
                : "each step is computed operation by operation: " + status.stepObstacle();
    }

    private static String pace(Status status) {
        String images = status.imagesPerSecond() > 0
                ? String.format(Locale.ROOT, ", %.3g images/s", status.imagesPerSecond())
                : "";
        return images
                + status.timeLeft().map(left -> ", " + duration(left) + " left").orElse("");
    }

    /** Such as {@code 45 s}, {@code 12 min} or {@code 3 h 5 min}. */
    public static String duration(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
