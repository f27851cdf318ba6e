package org.scorebook.grading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.scorebook.base.LibraryVersion;
import org.scorebook.base.Sentence;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.sandbox.Isolation;
import org.scorebook.sandbox.Programs;
import org.scorebook.sandbox.Protection;
import org.scorebook.sandbox.Sandbox;

/** Marks one hand-in after the other, in as many threads as there are callers. */
final class Marker implements AutoCloseable {
    private final References references;
    private final Installation installation;
    private final MarkingOptions options;
    private final Programs programs;
    private final Isolation isolation;
    private final Sandboxes sandboxes = new Sandboxes();
    private final Declarations declarations = new Declarations();

    Marker(References references, Installation installation, MarkingOptions options, Programs programs)
            throws IOException {
        this.references = references;
        this.installation = installation;
        this.options = options;
        this.programs = programs;
        isolation = Isolation.find(programs);
    }

    /** What decides beside the hand-in and its reference how it is marked, in words. */
    String identity() {
        return options + " " + isolation + " " + LibraryVersion.text();
    }

    /**
     * Marks one; what is wrong with it is in the mark.
     *
     * @param executed where the executed notebook goes
     */
    Mark mark(HandIn handIn, byte[] bytes, Path executed) throws IOException, InterruptedException {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            NotebookFile notebook = NotebookFile.parse(
                    Path.of(handIn.name() + NotebookFile.SUFFIX), new String(bytes, StandardCharsets.UTF_8));
            Optional<String> name = references.of(notebook);
            if (name.isEmpty()) {
                return failed(handIn, "is none of the course's notebooks: it has no cell in common with any", begun);
            }
            ReferenceNotebook reference = references.sorted(name.get(), declarations);
            return execute(handIn, reference, Restorer.restore(reference, notebook, declarations), executed, begun);
        } catch (IOException | RuntimeException e) {
            return failed(handIn, Sentence.of(e), begun);
        }
    }

    private Mark execute(HandIn handIn, ReferenceNotebook reference, Restored restored, Path executed, Instant begun)
            throws IOException, InterruptedException {
        try (Sandbox sandbox =
                sandboxes.open(programs, isolation, options.limits(), installation.python("confine.py"))) {
            NotebookRun run = NotebookRun.of(restored.notebook(), installation, sandbox, options);
            run.notebook().write(executed);
            List<ExerciseMark> marks = Assessment.of(reference, restored, run, options);
            boolean clean = restored.remarks().isEmpty() && restored.withheld().isEmpty();
            return new Mark(
                    handIn.student(),
                    reference.file().name(),
                    clean ? Mark.MARKED : Mark.LOOK,
                    marks,
                    restored.restorations(),
                    restored.remarks(),
                    sandbox.protections(),
                    LibraryVersion.text(),
                    begun.toString(),
                    secondsSince(begun));
        }
    }

    /** A mark without points. */
    static Mark failed(HandIn handIn, String why, Instant begun) {
        List<Protection> none = List.of();
        return new Mark(
                handIn.student(),
                handIn.name(),
                why,
                List.of(),
                List.of(),
                List.of(),
                none,
                LibraryVersion.text(),
                begun.toString(),
                secondsSince(begun));
    }

    private static double secondsSince(Instant begun) {
        return begun.until(Instant.now(), ChronoUnit.MILLIS) / 1000.0;
    }

    @Override
    public void close() {
        declarations.close();
    }
}
