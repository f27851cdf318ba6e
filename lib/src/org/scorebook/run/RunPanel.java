package org.scorebook.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.RunText;
import org.scorebook.folder.Status;
import org.scorebook.folder.StepMode;
import org.scorebook.plot.Charts;
import org.scorebook.plot.Picture;
import org.scorebook.view.Live;
import org.scorebook.view.Notebook;

/** What a notebook page shows of a run: a line with a bar and, if wanted, its losses and its newest samples. */
final class RunPanel {
    /** Drawing a chart costs a processor that is training a tenth of a second. */
    private static final Duration BETWEEN_CHARTS = Duration.ofSeconds(5);

    private static final int LOG_LINES = 8;

    private final RunDirectory directory;
    private final Live live = Notebook.live();
    private Instant chartTime = Instant.EPOCH;
    private String chart = "";
    private Path gridFile;
    private String grid = "";

    RunPanel(RunDirectory directory) {
        this.directory = directory;
    }

    /** One line with a bar. */
    void showBar() throws IOException {
        Status status = directory.status();
        live.show(bar(status), text(status));
    }

    /** The line, the losses and the newest samples; the status that was shown. */
    Status showAll() throws IOException {
        Status status = directory.status();
        String html = live.isText() ? "" : bar(status) + slowness(status) + failure(status) + pictures(status);
        live.show(html, text(status));
        return status;
    }

    private String bar(Status status) {
        String bar = status.totalSteps() > 0 ? Live.bar(status.step(), status.totalSteps()) + "&ensp;" : "";
        return "<div>" + bar + Notebook.escape(RunText.line(directory.id(), status)) + "</div>";
    }

    /** A line for each tenth and each state. */
    private String text(Status status) {
        if (status.state() != RunState.RUNNING || status.totalSteps() == 0) {
            return RunText.line(directory.id(), status);
        }
        long tenth = 10 * status.step() / status.totalSteps();
        return directory.id() + ": running, " + 10 * tenth + " % of " + status.totalSteps() + " steps";
    }

    /** Why its steps are slower than they could be, where they are. */
    private static String slowness(Status status) {
        return status.stepMode() == StepMode.EAGER
                ? "<div><small>" + Notebook.escape(RunText.steps(status)) + "</small></div>"
                : "";
    }

    private String failure(Status status) throws IOException {
        return status.state() == RunState.FAILED
                ? "<pre>" + Notebook.escape(String.join("\n", directory.logTail(LOG_LINES))) + "</pre>"
                : "";
    }

    private String pictures(Status status) throws IOException {
        Instant now = Instant.now();
        if (!status.state().isOpen() || Duration.between(chartTime, now).compareTo(BETWEEN_CHARTS) >= 0) {
            chartTime = now;
            chart = chart();
            grid = grid();
        }
        return chart + grid;
    }

    private String chart() throws IOException {
        List<Map<String, Double>> rows = directory.metrics().stream()
                .filter(row -> row.getOrDefault("step", 0.0) > 0 && isFinite(row.get("train_loss")))
                .toList();
        if (rows.size() < 2) {
            return "";
        }
        double[] steps = rows.stream().mapToDouble(row -> row.get("step")).toArray();
        double[] losses =
                rows.stream().mapToDouble(row -> row.get("train_loss")).toArray();
        BufferedImage image = Charts.picture(Charts.lossCurve("Loss in training", steps, losses));
        return "<div>" + Notebook.pictureHtml(image) + "</div>";
    }

    private static boolean isFinite(Double loss) {
        return loss != null && Double.isFinite(loss);
    }

    private String grid() throws IOException {
        List<Path> all = directory.samples();
        Path newest = all.isEmpty() ? null : all.get(all.size() - 1);
        if (newest == null || newest.equals(gridFile)) {
            return grid;
        }
        BufferedImage image = ImageIO.read(newest.toFile());
        if (image == null) {
            return grid;
        }
        gridFile = newest;
        String name = newest.getFileName().toString().replaceAll("step-0*(\\d+)\\.png", "Samples at step $1");
        return "<div>" + Notebook.escape(name) + "</div><div>" + Notebook.pictureHtml(Picture.titled(name, image))
                + "</div>";
    }
}
