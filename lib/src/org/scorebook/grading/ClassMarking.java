package org.scorebook.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.scorebook.base.Require;
import org.scorebook.base.Sentence;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.sandbox.Programs;

/**
 * Marks a whole class, several hand-ins at once. What is marked is kept: another call with the same hand-ins takes it, so a class goes on
 * where it was stopped.
 */
public final class ClassMarking {
    private final Installation installation;
    private final References references;
    private final MarkingOptions options;
    private final Programs programs;
    private final Path out;
    private final Records records;
    private final List<Mark> marks = new ArrayList<>();
    private int done;

    /**
     * One that writes to a folder.
     *
     * @param notebooks the folder of those with solutions
     * @param out for records, executed notebooks and pages; it is made
     */
    public ClassMarking(Installation installation, Path notebooks, MarkingOptions options, Programs programs, Path out)
            throws IOException {
        this.installation = Require.given("installation", installation);
        this.options = Require.given("options", options);
        this.programs = Require.given("programs", programs);
        this.out = Require.given("out", out);
        records = new Records(out.resolve("records"));
        references = References.in(Require.given("notebooks", notebooks));
        for (String folder : List.of("records", "executed", "feedback")) {
            Files.createDirectories(out.resolve(folder));
        }
    }

    /**
     * Marks all hand-ins that there are, in the order of their names.
     *
     * @param paths notebooks, ZIPs, folders of a class
     * @param parallel how many at once
     * @throws IllegalArgumentException where there is none
     */
    public List<Mark> mark(List<Path> paths, int parallel, ProgressListener progress)
            throws IOException, InterruptedException {
        Map<String, HandIn> handIns = named(HandIns.find(paths, references.names()));
        if (handIns.isEmpty()) {
            throw new IllegalArgumentException("There is no notebook to mark in " + paths + ".");
        }
        ExecutorService workers = Executors.newFixedThreadPool(parallel, task -> {
            Thread thread = new Thread(task, "marking");
            thread.setDaemon(true);
            return thread;
        });
        try (Marker marker = new Marker(references, installation, options, programs)) {
            Map<String, Mark> known = known(marker, handIns);
            done = known.size();
            progress.at("marking", done, handIns.size());
            List<Future<Mark>> results = new ArrayList<>();
            handIns.forEach((name, handIn) -> results.add(
                    known.containsKey(name)
                            ? CompletableFuture.completedFuture(known.get(name))
                            : workers.submit(() -> {
                                Mark mark = one(marker, name, handIn);
                                tell(progress, handIns.size());
                                return mark;
                            })));
            for (Future<Mark> result : results) {
                marks.add(result.get());
            }
            return List.copyOf(marks);
        } catch (ExecutionException e) {
            throw new IOException(Sentence.of(e.getCause()), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private synchronized void tell(ProgressListener progress, int all) {
        progress.at("marking", ++done, all);
    }

    /** By names that files can have. */
    private static Map<String, HandIn> named(List<HandIn> handIns) {
        Map<String, HandIn> named = new LinkedHashMap<>();
        for (HandIn handIn : handIns) {
            String name = (handIn.student() + "--" + handIn.name()).replaceAll("[^\\p{L}\\p{N}._ -]", "_");
            String unique = name;
            for (int i = 2; named.containsKey(unique); i++) {
                unique = name + "-" + i;
            }
            named.put(unique, handIn);
        }
        return named;
    }

    /** Those of an earlier run, found first, so that what is said of the time left goes by the others alone. */
    private Map<String, Mark> known(Marker marker, Map<String, HandIn> handIns) {
        Map<String, Mark> known = new HashMap<>();
        handIns.forEach((name, handIn) -> {
            try {
                records.find(name, key(marker, handIn, handIn.read())).ifPresent(mark -> known.put(name, mark));
            } catch (IOException | RuntimeException e) {
                // it is marked anew, which says what is wrong with it
            }
        });
        return known;
    }

    private String key(Marker marker, HandIn handIn, byte[] bytes) {
        return Records.key(bytes, references.identity(), marker.identity(), handIn.student(), handIn.name());
    }

    private Mark one(Marker marker, String name, HandIn handIn) throws IOException, InterruptedException {
        byte[] bytes;
        try {
            bytes = handIn.read();
        } catch (IOException | RuntimeException e) {
            return Marker.failed(handIn, Sentence.of(e), Instant.now());
        }
        Path executed = out.resolve("executed").resolve(name + ".ipynb");
        Mark mark = marker.mark(handIn, bytes, executed);
        if (mark.marked()) {
            mark = withPage(mark, executed, out.resolve("feedback").resolve(name + ".html"));
            records.keep(name, key(marker, handIn, bytes), mark); // what could not be executed is tried again next time
        }
        return mark;
    }

    private Mark withPage(Mark mark, Path executed, Path page) throws InterruptedException {
        try {
            new FeedbackPage(installation).write(mark, executed, page);
            return mark;
        } catch (IOException e) {
            return mark.withRemark("The page could not be made: " + Sentence.of(e));
        }
    }
}
