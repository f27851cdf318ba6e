package org.scorebook.grading;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.scorebook.base.AtomicFiles;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** The page that a student gets back: points, what the checks said, the notebook as it was executed. */
final class FeedbackPage {
    private static final int SECONDS = 180;

    /** For the last cell of a row, which is left out where it is empty. */
    private static final String NOTHING = "&nbsp;";

    private final Installation installation;

    FeedbackPage(Installation installation) {
        this.installation = installation;
    }

    /** @throws IOException where the page cannot be made; the message says why */
    void write(Mark mark, Path executed, Path page) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(page.getParent(), ".page");
        try {
            Path file = folder.resolve(page.getFileName().toString().replaceFirst("\\.html$", NotebookFile.SUFFIX));
            NotebookFile notebook = NotebookFile.read(executed);
            List<NotebookCell> cells = new ArrayList<>();
            cells.add(summary(mark));
            cells.addAll(notebook.cells());
            notebook.setCells(cells);
            notebook.write(file);
            render(file, folder);
            Files.move(folder.resolve(page.getFileName()), page, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            AtomicFiles.delete(folder);
        }
    }

    private void render(Path file, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(installation.python("pages.py"));
        command.addAll(List.of("--single-file", "--out", folder.toString(), file.toString()));
        File said = folder.resolve("said.txt").toFile();
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said)
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it took longer than " + SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            String text =
                    Files.readString(said.toPath(), StandardCharsets.UTF_8).strip();
            throw new IOException(text.substring(text.lastIndexOf('\n') + 1));
        }
    }

    private static NotebookCell summary(Mark mark) {
        JsonObject cell = new JsonObject();
        cell.addProperty("cell_type", "markdown");
        cell.addProperty("id", "marks");
        cell.add("metadata", new JsonObject());
        cell.addProperty("source", text(mark));
        return NotebookCell.of(cell);
    }

    static String text(Mark mark) {
        StringBuilder text = new StringBuilder("# Marks of " + plain(mark.student()) + "\n\n");
        text.append("**").append(mark.points()).append(" of ").append(mark.of()).append(" points** for ");
        text.append(plain(mark.notebook())).append(".\n\n");
        text.append("| exercise | points | verdict | what the check said |\n|:--|--:|:--|:--|\n");
        for (ExerciseMark exercise : mark.exercises()) {
            text.append("| %s | %d of %d | %s | %s |\n"
                    .formatted(
                            plain(exercise.exercise()),
                            exercise.points(),
                            exercise.of(),
                            exercise.verdict(),
                            exercise.message().isEmpty() ? NOTHING : plain(exercise.message())));
        }
        addList(text, "What was put right before the checks ran:", mark.restorations());
        addList(text, "What your instructor will look at:", mark.remarks());
        return text + "\n---\n";
    }

    private static void addList(StringBuilder text, String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            text.append('\n').append(title).append("\n\n");
            sentences.forEach(
                    sentence -> text.append("- ").append(plain(sentence)).append('\n'));
        }
    }

    /** As text in Markdown that means nothing else, on one line: a student may have written it. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_{}\\[\\]()#+!|$~>-])", "\\\\$1");
    }
}
