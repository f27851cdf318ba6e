package org.scorebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.data.ImageOptions;
import org.scorebook.inspect.FolderCheck;
import org.scorebook.inspect.FolderReport;
import org.scorebook.terminal.OutputFile;
import org.scorebook.terminal.WorkBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scorebook data check}. */
@Command(
        name = "check",
        description = {
            "Look at all pictures of a folder as a training with --data folder --data-dir DIR reads them: classes, sizes,"
                    + " channels, equal pictures, and every file that would end it. Nothing is changed."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} data check ~/afhq --image-size 128",
            "  ${ROOT-COMMAND-NAME} data check pictures --json pictures.json",
            "",
            "Exit code: 0 a training can begin; 1 it would fail; 2 wrong command line."
        })
final class DataCheck implements Callable<Integer> {
    /** So many pictures take a second or two, during which nobody needs to be told how far it is. */
    private static final int FEW = 200;

    @Parameters(paramLabel = "DIR", description = "folder of PNG and JPEG pictures with a folder for each class")
    private Path folder;

    @Option(
            names = "--image-size",
            paramLabel = "N",
            description = "side of the images to train on, in pixels (default: 64)")
    private int side = ImageOptions.ALL.side();

    @Option(
            names = "--max-per-class",
            paramLabel = "N",
            description = "at most so many pictures of each class, 0 for all (default: 0)")
    private int largestClass;

    @Option(names = "--json", paramLabel = "FILE", description = "takes the result as JSON")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("DIR must be a folder of pictures, but is " + folder);
        }
        Require.atLeast("image-size", side, 1);
        Require.atLeast("max-per-class", largestClass, 0);
        if (json != null) {
            json = OutputFile.require("json", json);
        }
        ImageOptions options = ImageOptions.ALL.withSide(side);
        FolderReport report;
        try (WorkBar bar = new WorkBar(out())) {
            report = FolderCheck.of(
                    folder, largestClass == 0 ? options : options.withLargestClass(largestClass), (done, total) -> {
                        if (total > FEW) {
                            bar.at("looking at pictures", done, total);
                        }
                    });
        }
        FolderText text = new FolderText(report);
        out().print(text.table());
        if (json != null) {
            AtomicFiles.write(json, text.toJson().getBytes(StandardCharsets.UTF_8));
            out().println("wrote " + json);
        }
        return report.faults().isEmpty() ? 0 : 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
