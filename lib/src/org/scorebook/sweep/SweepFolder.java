package org.scorebook.sweep;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Runs;
import org.scorebook.plot.Charts;
import org.scorebook.plot.Picture;

/**
 * The folder of a sweep, in that of the runs: {@code sweep.json}, what was asked for; a folder for each run, whose name begins with
 * its number; {@code table.csv}, {@code results.json} and {@code plot.png}, what came of it so far.
 *
 * @param path absolute
 */
public record SweepFolder(Path path) {
    private static final String FILE = "sweep.json";
    private static final String HELP = "mend it, or begin a sweep anew";
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeSpecialFloatingPointValues()
            .create();
    private static final Type GRID = TypeToken.getParameterized(
                    LinkedHashMap.class,
                    String.class,
                    TypeToken.getParameterized(List.class, String.class).getType())
            .getType();

    public SweepFolder {
        path = Require.given("path", path).toAbsolutePath().normalize();
    }

    /** A new one. */
    public static SweepFolder create(Sweep sweep, Path runsFolder) throws IOException {
        Require.given("runsFolder", runsFolder);
        SweepFolder folder = new SweepFolder(
                Runs.newFolder("sweep-" + Require.given("sweep", sweep).base().runName(), runsFolder));
        folder.write(sweep);
        return folder;
    }

    /** The newest one with the runs of a sweep, or a new one. */
    static SweepFolder ofSame(Sweep sweep, Path runsFolder) throws IOException {
        Optional<SweepFolder> same = same(sweep, runsFolder);
        return same.isPresent() ? same.get() : create(sweep, runsFolder);
    }

    /** The newest one with the runs of a sweep. */
    public static Optional<SweepFolder> same(Sweep sweep, Path runsFolder) throws IOException {
        Require.given("sweep", sweep);
        for (SweepFolder folder : list(Require.given("runsFolder", runsFolder))) {
            if (folder.sweep().hasRunsOf(sweep)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /**
     * One that is there.
     *
     * @param id the folder's name, or without the time for the newest of this name, or {@code latest}
     */
    public static SweepFolder find(String id, Path runsFolder) throws IOException {
        Require.given("id", id);
        List<SweepFolder> all = list(Require.given("runsFolder", runsFolder));
        return all.stream()
                .filter(folder -> id.equals("latest")
                        || folder.id().equals(id)
                        || folder.id().equals(id + "-" + time(folder.path)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no sweep " + id + " in " + runsFolder
                        + (all.isEmpty()
                                ? ""
                                : Names.hint(
                                        id, all.stream().map(SweepFolder::id).toList()))));
    }

    /** All, the newest first: IDs end in the time. */
    private static List<SweepFolder> list(Path runsFolder) throws IOException {
        if (!Files.isDirectory(runsFolder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runsFolder)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
                    .sorted(Comparator.comparing(SweepFolder::time).reversed())
                    .map(SweepFolder::new)
                    .toList();
        }
    }

    private static String time(Path folder) {
        return folder.getFileName().toString().replaceFirst("^.*?(\\d{8}-\\d{6}(-\\d+)?)$", "$1");
    }

    /** The folder's name. */
    public String id() {
        return path.getFileName().toString();
    }

    /** What was asked for. */
    public Sweep sweep() throws IOException {
        Path file = path.resolve(FILE);
        try {
            JsonObject json = GSON.fromJson(TextFile.read(file, HELP), JsonObject.class);
            return new Sweep(
                    RunConfig.fromJson(json.get("settings").toString()),
                    GSON.fromJson(json.get("grid"), GRID),
                    json.get("seeds").getAsInt(),
                    SweepFigure.of(json.get("figure").getAsString()),
                    json.get("images").getAsInt());
        } catch (JsonParseException | IllegalStateException | NullPointerException | IllegalArgumentException e) {
            throw new DamagedFile(file, e, HELP);
        }
    }

    /** Replaces what was asked for, where only the figure is another. */
    void write(Sweep sweep) throws IOException {
        JsonObject json = new JsonObject();
        json.add("settings", GSON.fromJson(sweep.base().toJsonWithVersion(), JsonObject.class));
        json.add("grid", GSON.toJsonTree(sweep.grid()));
        json.addProperty("seeds", sweep.seeds());
        json.addProperty("figure", sweep.figure().key());
        json.addProperty("images", sweep.images());
        write(FILE, GSON.toJson(json) + "\n");
    }

    private void write(String name, String text) throws IOException {
        AtomicFiles.write(path.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The runs that were begun, by the number of the member. */
    Map<Integer, RunDirectory> runs() throws IOException {
        try (Stream<Path> folders = Files.list(path)) {
            Map<Integer, RunDirectory> found = new HashMap<>();
            folders.filter(folder -> folder.getFileName().toString().matches("\\d{4}-.*") && RunDirectory.isRun(folder))
                    .sorted()
                    .forEach(folder -> found.put(
                            Integer.parseInt(folder.getFileName().toString().substring(0, 4)),
                            RunDirectory.open(folder)));
            return found;
        }
    }

    /** What is known so far, also written beside the runs. */
    public SweepResult result() throws IOException {
        return result(sweep());
    }

    /** As {@link #result()}, by another figure. */
    public SweepResult result(String figure) throws IOException {
        return result(sweep().figure(figure));
    }

    SweepResult result(Sweep sweep) throws IOException {
        SweepResult result = SweepResult.of(this, sweep);
        write("table.csv", result.csv());
        write("results.json", GSON.toJson(result.json()) + "\n");
        if (result.hasValues()) {
            AtomicFiles.write(path.resolve("plot.png"), Picture.png(Charts.picture(SweepPlot.of(result))));
        }
        return result;
    }
}
