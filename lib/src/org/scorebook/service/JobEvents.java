package org.scorebook.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Sentence;
import org.scorebook.folder.RunDirectory;
import org.scorebook.http.EventStream;
import org.scorebook.http.Problem;

/**
 * A training as it goes on: what its folder has is told as it comes, the losses from the step that a client saw last. Any number
 * of services may look on, and none disturbs the training.
 */
final class JobEvents {
    private static final int PERIOD_MILLIS = 400;
    private static final int PERIODS_FOR_A_BEAT = 12;
    private static final int MOST_CLIENTS = 64;

    private final Semaphore places = new Semaphore(MOST_CLIENTS);
    private final BooleanSupplier stopping;

    JobEvents(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /** Tells until the training has ended or the client has gone. */
    void tell(Context context, RunDirectory run) throws IOException, InterruptedException {
        long seen = lastSeen(context.header("Last-Event-ID"));
        if (!places.tryAcquire()) {
            throw Problem.unavailable(Problem.Outage.BUSY, MOST_CLIENTS + " clients look at trainings already");
        }
        try {
            new Telling(run, new EventStream(context), seen).run();
        } finally {
            places.release();
        }
    }

    private static long lastSeen(String header) {
        if (header == null) {
            return -1;
        }
        if (!header.matches("\\d{1,18}")) {
            throw Problem.field("Last-Event-ID", header, "the step of an event");
        }
        return Long.parseLong(header);
    }

    /** To one client. */
    private final class Telling {
        private final RunDirectory run;
        private final JobView view;
        private final EventStream events;
        private long step;
        private Map<String, Object> row;
        private Path sample;

        Telling(RunDirectory run, EventStream events, long step) {
            this.run = run;
            this.view = new JobView(run);
            this.events = events;
            this.step = step;
        }

        /** Where the run's files cannot be read any more, that is the end of it. */
        void run() throws IOException, InterruptedException {
            try {
                follow();
            } catch (FileSystemException | DamagedFile e) {
                Map<String, Object> last = view.row();
                last.putIfAbsent("error", Sentence.of(e));
                events.send("end", last);
            }
        }

        private void follow() throws IOException, InterruptedException {
            for (int quiet = 1; ; quiet++) {
                boolean ended = !isOpen(view.row());
                boolean news = tellMetrics() | tellSample() | tellStatus();
                if (ended || stopping.getAsBoolean()) {
                    events.send("end", view.row());
                    return;
                }
                if (!news && quiet % PERIODS_FOR_A_BEAT == 0) {
                    events.beat();
                }
                Thread.sleep(PERIOD_MILLIS);
            }
        }

        private static boolean isOpen(Map<String, Object> row) {
            return List.of("queued", "running").contains(String.valueOf(row.get("state")));
        }

        private boolean tellMetrics() throws IOException {
            boolean news = false;
            for (Map<String, Double> line : run.metrics()) {
                Double at = line.get("step");
                if (at != null && at > step) {
                    step = at.longValue();
                    events.send(Long.toString(step), "metrics", line);
                    news = true;
                }
            }
            return news;
        }

        private boolean tellSample() throws IOException {
            List<Path> all = run.samples();
            Path newest = all.isEmpty() ? null : all.get(all.size() - 1);
            if (newest == null || newest.equals(sample)) {
                return false;
            }
            sample = newest;
            events.send("sample", view.sample(JobView.step(newest)));
            return true;
        }

        private boolean tellStatus() throws IOException {
            Map<String, Object> now = view.row();
            if (now.equals(row)) {
                return false;
            }
            row = now;
            events.send("status", now);
            return true;
        }
    }
}
