package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/** A listener that remembers where the first points of a run were, every so many steps. */
public final class Trajectory implements StepListener {
    private final int points;
    private final int every;
    private final List<Double> times = new ArrayList<>();
    private final List<float[][]> frames = new ArrayList<>();

    /**
     * @param points how many to remember, from the first on, at least 1
     * @param every how many steps lie between two frames, at least 1; the starting points are frame 0
     */
    public Trajectory(int points, int every) {
        Require.atLeast("points", points, 1);
        Require.atLeast("every", every, 1);
        this.points = points;
        this.every = every;
    }

    @Override
    public void step(int index, double time, NDArray x) {
        if ((index + 1) % every != 0) {
            return;
        }
        int rows = (int) Math.min(points, x.getShape().get(0));
        try (NDArray first = x.get("0:" + rows).toType(DataType.FLOAT32, true)) {
            float[] flat = first.toFloatArray();
            int width = flat.length / rows;
            float[][] frame = new float[rows][width];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(flat, i * width, frame[i], 0, width);
            }
            times.add(time);
            frames.add(frame);
        }
    }

    /** The times of the frames. */
    public double[] times() {
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The frames: {@code [i][j]} are the coordinates of point j. */
    public List<float[][]> frames() {
        return List.copyOf(frames);
    }

    /** One coordinate of one point over the frames. */
    public double[] path(int point, int coordinate) {
        return frames.stream().mapToDouble(frame -> frame[point][coordinate]).toArray();
    }
}
