package org.scorebook.coursework;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.submission.Objection;
import org.scorebook.submission.StudentName;
import org.scorebook.submission.Submission;
import org.scorebook.submission.SubmissionSettings;
import org.scorebook.submission.Verification;
import org.scorebook.terminal.OutputFile;
import org.scorebook.terminal.WorkBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scorebook course submit}. */
@Command(
        name = "submit",
        description = {
            "Execute copies of your notebooks from top to bottom in fresh kernels, and pack them with their pages, PDFs and"
                    + " results into one zip to hand in. Your own files are not changed. A notebook with an error, a cell"
                    + " that was not executed or a folder of your machine is refused, with all reasons."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} course submit --name \"Ada Lovelace\" --notebooks 06-autograd-questions.ipynb",
            "  ${ROOT-COMMAND-NAME} course submit --verify submission-Ada-Lovelace.zip",
            "",
            "Exit code: 0 the zip is written, or good; 1 it is refused, or has faults; 2 wrong command line."
        })
final class Submit implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    /** Where students work. */
    private static final String FOLDER = "scorebook-course";

    /** What a student can know better; the others are always mistakes. */
    private static final Set<Objection.Kind> ALLOWABLE = EnumSet.of(Objection.Kind.ERRORS, Objection.Kind.PATHS);

    @Option(names = "--name", paramLabel = "NAME", description = "your name, as the instructor knows it")
    private String name;

    @Option(
            names = "--notebooks",
            paramLabel = "FILE|DIR",
            split = ",",
            description =
                    "notebooks, or folders of them (default: those in the folder you are in, else in scorebook-course,"
                            + " which lab --student makes)")
    private List<Path> notebooks = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE.zip",
            description = "the zip (default: submission-NAME.zip); one that is there is replaced")
    private Path out;

    @Option(
            names = "--budget",
            paramLabel = "quick|full",
            description =
                    "how much the notebooks train: quick, minutes for all; full, about half an hour (default: quick)")
    private String budget = "quick";

    @Option(
            names = "--as-is",
            description =
                    "execute nothing: take the outputs that the notebooks have, which must be those of an execution"
                            + " by this command, as in its zips or --keep")
    private boolean asIs;

    @Option(names = "--keep", paramLabel = "DIR", description = "also writes the executed notebooks there, for --as-is")
    private Path keep;

    @Option(
            names = "--allow",
            paramLabel = "errors|paths",
            split = ",",
            description = "hand in all the same what ends in an error, or has what looks like a folder of your machine")
    private List<String> allow = List.of();

    @Option(names = "--cell-timeout", paramLabel = "S", description = "seconds that a cell may take (default: 1800)")
    private int cellSeconds = 1800;

    @Option(names = "--max-size", paramLabel = "MB", description = "largest size of the zip (default: 100)")
    private int largest = 100;

    @Option(
            names = "--verify",
            paramLabel = "ZIP",
            description = "look whether a zip is as it was written, and show its results; nothing is executed")
    private Path verify;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (verify != null) {
            return verify();
        }
        StudentName student = new StudentName(name == null ? "" : name);
        if (!List.of("quick", "full").contains(budget)) {
            throw new IllegalArgumentException("--budget must be quick or full, but is " + budget);
        }
        Require.atLeast("max-size", largest, 1);
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("--notebooks must name notebooks or folders of them, but there is none");
        }
        SubmissionSettings settings = new SubmissionSettings(
                student, files, asIs, budget, cellSeconds, (long) (largest * MEGABYTE), allowed(), kept());
        Path zip = OutputFile.require("--out", out != null ? out : Path.of(student.ofFile() + ".zip"));
        Submission submission;
        try (WorkBar bar = new WorkBar(out())) {
            submission = Submission.of(settings, bar);
        }
        return submission.reasons().isEmpty() ? write(submission, zip) : refuse(submission);
    }

    private int write(Submission submission, Path zip) throws IOException {
        submission.write(zip);
        print(submission.table());
        submission.remarks().forEach(remark -> print("note: " + remark + "\n"));
        print(String.format(Locale.ROOT, "wrote %s (%.1f MB): hand in this file.%n", zip, Files.size(zip) / MEGABYTE));
        return 0;
    }

    private int refuse(Submission submission) {
        List<Objection> reasons = submission.reasons();
        print("Nothing was written, for " + reasons.size() + (reasons.size() == 1 ? " reason:\n" : " reasons:\n"));
        reasons.forEach(reason -> print("  " + reason.sentence() + "\n"));
        if (reasons.stream().anyMatch(reason -> reason.kind() == Objection.Kind.CHANGED)) {
            print("Leave --as-is out, and they will be executed.\n");
        }
        ALLOWABLE.stream()
                .filter(kind -> reasons.stream().anyMatch(reason -> reason.kind() == kind))
                .forEach(kind -> print("If these " + kind + " are meant to be there, add --allow " + kind + ".\n"));
        return 1;
    }

    private int verify() throws IOException {
        Verification verification = Verification.of(verify);
        List<String> faults = verification.faults();
        if (faults.isEmpty()) {
            print(verification.table());
            print(verify + " is as it was written. Its points are those of its own checks.\n");
            return 0;
        }
        print(verify + " is not accepted, for " + faults.size() + (faults.size() == 1 ? " reason:\n" : " reasons:\n"));
        faults.forEach(fault -> print("  " + fault + "\n"));
        return 1;
    }

    /** The files named, and those in the folders named. */
    private List<Path> files() throws IOException {
        List<Path> places = notebooks;
        if (places.isEmpty()) {
            Path here = Path.of("").toAbsolutePath();
            Path below = here.resolve(FOLDER);
            places = List.of(inside(here).isEmpty() && Files.isDirectory(below) ? below : here);
        }
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            files.addAll(Files.isDirectory(place) ? inside(place) : List.of(place));
        }
        return files;
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(NotebookFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private Set<Objection.Kind> allowed() {
        Set<Objection.Kind> kinds = EnumSet.noneOf(Objection.Kind.class);
        List<String> known = ALLOWABLE.stream().map(Objection.Kind::toString).toList();
        for (String kind : allow) {
            if (!known.contains(kind)) {
                throw Names.unknown("reason to allow", kind, known);
            }
            kinds.add(Objection.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
        }
        return kinds;
    }

    private Path kept() {
        if (keep != null) {
            OutputFile.requireFolder("--keep", keep.toAbsolutePath());
        }
        return keep;
    }

    /** Without what would steer a terminal: texts come from other people's files. */
    private void print(String text) {
        out().print(text.replaceAll("[\\p{Cntrl}&&[^\n]]", "?"));
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
