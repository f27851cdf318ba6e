package org.scorebook.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.Runs;
import org.scorebook.slurm.SlurmOptions;

/**
 * Trainings of one kind with some settings varied: each combination of the values of a grid, each with some seeds.
 *
 * <pre>SweepResult result = Sweep.of(RunConfig.preset("fashion-mnist-quick"))
 *         .grid("lr", 1e-4, 3e-4).grid("schedule", "linear", "cosine").seeds(3).run();
 * result.table();                                            // means and standard deviations, the best first
 * result.plot();                                             // a picture</pre>
 *
 * @param base the settings that all have
 * @param grid values of settings, by the settings' names in JSON, as they would be written on the command line
 * @param seeds how many trainings each combination gets, with the seeds from the base's on
 * @param figure what they are compared by
 * @param images how many are drawn from each model, where the figure needs some
 */
public record Sweep(RunConfig base, Map<String, List<String>> grid, int seeds, SweepFigure figure, int images) {
    /** As many as {@code evaluate} draws. */
    public static final int IMAGES = 2000;

    private static final int FEWEST_IMAGES = 4;

    public Sweep {
        Require.given("base", base);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        Require.given("grid", grid).forEach((key, values) -> copy.put(key, List.copyOf(values)));
        grid = Collections.unmodifiableMap(copy);
        Require.atLeast("seeds", seeds, 1);
        Require.given("figure", figure);
        Require.atLeast("images", images, FEWEST_IMAGES);
    }

    /** One training, compared by its validation loss. */
    public static Sweep of(RunConfig base) {
        return new Sweep(base, Map.of(), 1, SweepFigure.VAL_LOSS, IMAGES);
    }

    /**
     * This sweep with one setting varied.
     *
     * @param key as {@link RunConfig#with} takes it
     * @param values each a number, text, list or choice, or any of them written as on the command line
     * @throws IllegalArgumentException for an unknown setting; what is wrong with values {@link #check} tells
     */
    public Sweep grid(String key, Object... values) {
        String name = SweepGrid.name(Require.given("key", key));
        Map<String, List<String>> more = new LinkedHashMap<>(grid);
        more.put(
                name,
                Arrays.stream(Require.given("values", values))
                        .map(SweepGrid::text)
                        .toList());
        return new Sweep(base, more, seeds, figure, images);
    }

    /** As {@link #grid(String, Object...)}, of {@code lr=1e-4,3e-4}; values that have commas, as lists do, have semicolons between. */
    public Sweep grid(String text) {
        return SweepGrid.add(this, Require.given("text", text));
    }

    /** This sweep with so many trainings of each combination. */
    public Sweep seeds(int number) {
        return new Sweep(base, grid, number, figure, images);
    }

    /** This sweep compared by another figure, such as {@code fid}. */
    public Sweep figure(String name) {
        return new Sweep(base, grid, seeds, SweepFigure.of(Require.given("name", name)), images);
    }

    /** This sweep with so many images drawn from each model, where the figure needs some. */
    public Sweep images(int number) {
        return new Sweep(base, grid, seeds, figure, number);
    }

    /** All of them, the last setting varied first. */
    public List<Combination> combinations() {
        List<Combination> all = List.of(new Combination(Map.of()));
        for (Map.Entry<String, List<String>> varied : grid.entrySet()) {
            List<Combination> longer = new ArrayList<>();
            for (Combination shorter : all) {
                varied.getValue().forEach(value -> longer.add(shorter.with(varied.getKey(), value)));
            }
            all = longer;
        }
        return all;
    }

    /** A training for each combination and seed. */
    public List<SweepMember> members() {
        List<Combination> all = combinations();
        return IntStream.range(0, all.size() * seeds)
                .mapToObj(i -> new SweepMember(i, all.get(i / seeds), base.seed() + i % seeds))
                .toList();
    }

    /**
     * Looks at every value and combination.
     *
     * @throws IllegalArgumentException with all that is wrong, a line each that names the combination
     */
    public void check() {
        SweepGrid.check(this);
    }

    /** Whether two ask for the same trainings, by whatever figure these are compared. */
    public boolean hasRunsOf(Sweep other) {
        return base.equals(Require.given("other", other).base) && grid.equals(other.grid) && seeds == other.seeds;
    }

    /** Trains all, one after the other, in {@link Runs#folder}; goes on with a sweep of the same trainings that is there. */
    public SweepResult run() throws IOException, InterruptedException {
        return run(Runs.folder());
    }

    /**
     * As {@link #run()}, in another folder of runs. When interrupted, the training at work writes a checkpoint and stops; the same
     * call goes on later.
     */
    public SweepResult run(Path runsFolder) throws IOException, InterruptedException {
        check();
        SweepFolder folder = SweepFolder.ofSame(this, Require.given("runsFolder", runsFolder));
        try (SweepPage page = new SweepPage(members().size())) {
            return new SweepRunner(folder, this).listen(page).run();
        }
    }

    /** As {@link #submit(SlurmOptions, int, Path)}, in {@link Runs#folder}. */
    public SweepFolder submit(SlurmOptions options, int maxParallel) throws IOException {
        return submit(options, maxParallel, Runs.folder());
    }

    /**
     * Trains all as an array of Slurm jobs; returns when they are in the queue. {@link SweepFolder#result()} tells how they are.
     *
     * @param options of each job
     * @param maxParallel at most so many at once; 0 for as many as the cluster gives
     * @param runsFolder which the cluster's nodes see at the same path
     */
    public SweepFolder submit(SlurmOptions options, int maxParallel, Path runsFolder) throws IOException {
        Require.given("options", options);
        check();
        SweepFolder folder = SweepFolder.ofSame(this, Require.given("runsFolder", runsFolder));
        new SweepArray(folder, this).submit(options, maxParallel, false);
        return folder;
    }
}
