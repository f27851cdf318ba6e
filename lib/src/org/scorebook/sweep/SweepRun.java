package org.scorebook.sweep;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.OptionalDouble;
import org.scorebook.base.Sentence;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;

/**
 * How a training of a sweep is.
 *
 * @param id of its run; null where it was not begun
 * @param state a run's, or {@code waiting} where it was not begun, or {@code unknown}
 * @param value of the figure; NaN where it is not known
 * @param error a sentence on what went wrong, else null
 */
record SweepRun(SweepMember member, String id, String state, double value, String error) {
    private static final String WAITING = "waiting";
    private static final String UNKNOWN = "unknown";

    /** @param run null where it was not begun */
    static SweepRun of(SweepMember member, RunDirectory run, Sweep sweep) {
        if (run == null) {
            return new SweepRun(member, null, WAITING, Double.NaN, null);
        }
        try {
            Status status = run.status();
            boolean ended = status.state() == RunState.SUCCEEDED;
            OptionalDouble value = ended ? sweep.figure().of(run, sweep.images()) : OptionalDouble.empty();
            return new SweepRun(member, run.id(), status.state().toString(), value.orElse(Double.NaN), status.error());
        } catch (IOException e) {
            return new SweepRun(member, run.id(), UNKNOWN, Double.NaN, Sentence.of(e));
        }
    }

    boolean isDone() {
        return state.equals(RunState.SUCCEEDED.toString()) && !Double.isNaN(value);
    }

    boolean hasFailed() {
        return state.equals(RunState.FAILED.toString()) || state.equals(UNKNOWN);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("seed", member.seed());
        json.addProperty("run", id);
        json.addProperty("state", state);
        json.addProperty("value", Double.isNaN(value) ? null : value);
        json.addProperty("error", error);
        return json;
    }
}
