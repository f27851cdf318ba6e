package org.scorebook.handout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scorebook.base.Require;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** The files that come out of a folder of solved notebooks: each as it is handed out, and what their texts link to beside them. */
public final class Handout {
    /** Pictures, which must be there, and links: {@code ![text](file)}, {@code src="file"}, {@code [text](file)}. */
    private static final Pattern REFERENCE =
            Pattern.compile("(!)?\\[[^\\]\n]*]\\(([^)\\s]+)[^)\n]*\\)|(src)\\s*=\\s*[\"']([^\"']+)[\"']");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*|[#/?].*");

    private final Path from;
    private final Map<String, HandedFile> files = new LinkedHashMap<>();

    private Handout(Path from) {
        this.from = from;
    }

    /**
     * The solved notebooks of a folder whose names contain a text, in order.
     *
     * @param only empty for all
     * @throws IllegalArgumentException where there is none
     */
    public static List<NotebookFile> notebooks(Path from, String only) throws IOException {
        Require.given("only", only);
        List<Path> all;
        try (Stream<Path> list = Files.list(Require.given("from", from))) {
            all = list.filter(file -> file.toString().endsWith(NotebookFile.SUFFIX))
                    .sorted()
                    .toList();
        }
        List<NotebookFile> found = new ArrayList<>();
        for (Path file : all) {
            if (file.getFileName().toString().contains(only)) {
                found.add(NotebookFile.read(file));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    all.isEmpty()
                            ? "from must be a folder of notebooks, but there is none in " + from
                            : "only must be part of a notebook's name ("
                                    + String.join(
                                            ", ",
                                            all.stream()
                                                    .map(file -> file.getFileName() + "")
                                                    .toList())
                                    + "), but is '" + only + "'");
        }
        return found;
    }

    /**
     * The files that are handed out.
     *
     * @param from the folder of the notebooks
     * @param handedOut the notebooks as they are handed out
     * @throws IllegalArgumentException where a text shows a picture that is not in the folder
     */
    public static List<HandedFile> of(Path from, List<NotebookFile> handedOut) throws IOException {
        Handout handout = new Handout(Require.given("from", from));
        for (NotebookFile notebook : Require.given("handedOut", handedOut)) {
            String name = notebook.name() + NotebookFile.SUFFIX;
            handout.add(name, notebook.text().getBytes(StandardCharsets.UTF_8));
        }
        for (NotebookFile notebook : handedOut) {
            for (NotebookCell cell : notebook.cells()) {
                if (!cell.isCode()) {
                    handout.addWhatIsNamed(notebook, cell);
                }
            }
        }
        return List.copyOf(handout.files.values());
    }

    private void add(String name, byte[] content) {
        files.put(name, new HandedFile(name, content));
    }

    private void addWhatIsNamed(NotebookFile notebook, NotebookCell cell) throws IOException {
        Matcher reference = REFERENCE.matcher(cell.source());
        while (reference.find()) {
            String name = reference.group(2) == null ? reference.group(4) : reference.group(2);
            boolean picture = reference.group(1) != null || reference.group(3) != null;
            if (ELSEWHERE.matcher(name).matches() || files.containsKey(name)) {
                continue;
            }
            Path file = from.resolve(name).normalize();
            if (file.startsWith(from.normalize()) && Files.isRegularFile(file)) {
                if (!name.endsWith(NotebookFile.SUFFIX)) {
                    add(name, Files.readAllBytes(file));
                }
            } else if (picture) {
                throw new IllegalArgumentException(
                        notebook.path() + ", cell " + cell.id().orElse("without ID") + ": the picture " + name
                                + " must be a file in " + from + ", but there is none.");
            }
        }
    }
}
