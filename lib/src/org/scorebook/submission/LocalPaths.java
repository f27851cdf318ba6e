package org.scorebook.submission;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * Folders of the machine that a notebook was written on: they tell who the author is, and nobody else has them. Folders that every
 * machine has, such as {@code /usr/share/datasets} or {@code /tmp}, are none, and addresses of the web are not.
 */
final class LocalPaths {
    /** Where the path of a file cannot begin: in a word, a number, an address, a path that goes on from elsewhere. */
    private static final String START = "(?<![\\w.:/~$})\\]*-])(?:file:/{0,2})?";

    private static final Pattern PERSONAL = Pattern.compile(START
            + "(?:/(?:home|Users|var/home|export/home|media|mnt|Volumes)/[\\w.@-]+|/root(?![\\w-]))(?:/[^\\s\"'`<>()|\\\\]*)?"
            + "|(?<!\\w)[A-Za-z]:[\\\\/]{1,2}(?:Users|Documents and Settings)[\\\\/]{1,2}[^\\s\"'`<>()|]+");

    /** Any folder of a drive, in code and what it prints: in prose this can be a formula such as f:\mathbb. */
    private static final Pattern DRIVE =
            Pattern.compile("(?<![\\w/])[A-Z]:\\\\{1,2}[\\w .-]+(?:\\\\{1,2}[\\w.-]|\\.[a-z])[^\\s\"'`<>()|]*");

    /** What would hide the beginning of a path, or be taken for one: colours of a terminal, pictures in a text. */
    private static final Pattern NO_TEXT = Pattern.compile("\\x1B\\[[0-9;]*m|data:[\\w/+.;=-]*,[A-Za-z0-9+/=%]*");

    private static final int LONGEST = 60;

    private final Pattern own;

    /** @param folders of this machine that are the author's own, wherever they are; short ones are left out */
    LocalPaths(Stream<Path> folders) {
        String any = folders.map(folder -> folder.toAbsolutePath().normalize())
                .filter(folder -> folder.getNameCount() > 1)
                .map(folder -> Pattern.quote(folder.toString()))
                .distinct()
                .collect(Collectors.joining("|"));
        own = Pattern.compile(any.isEmpty() ? "(?!)" : "(?:" + any + ")(?![\\w-])[^\\s\"'`<>()|]*");
    }

    /** The author's home and the folders of the notebooks and of the project, beside what is personal on any machine. */
    static LocalPaths ofThisMachine(List<Path> notebooks) {
        Stream<Path> known = Stream.of("user.home", "user.dir", "scorebook.project")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .map(Path::of);
        return new LocalPaths(Stream.concat(
                known, notebooks.stream().map(file -> file.toAbsolutePath().getParent())));
    }

    List<Objection> reasons(NotebookFile notebook) {
        List<Objection> reasons = new ArrayList<>();
        List<NotebookCell> cells = notebook.cells();
        for (int i = 0; i < cells.size(); i++) {
            NotebookCell cell = cells.get(i);
            report(reasons, CellPlace.of(notebook, i), "names", in(cell.source(), cell.isCode()));
            Set<String> shown = new LinkedHashSet<>();
            cell.outputs().forEach(output -> shown.addAll(inOutput(output)));
            report(reasons, CellPlace.of(notebook, i), "shows", shown);
        }
        return reasons;
    }

    private static void report(List<Objection> reasons, String place, String verb, Set<String> paths) {
        for (String path : paths) {
            String shown = path.length() > LONGEST ? path.substring(0, LONGEST) + "…" : path;
            reasons.add(new Objection(
                    Objection.Kind.PATHS,
                    place + " " + verb + " a folder of your machine, which nobody else has: " + shown));
        }
    }

    private Set<String> inOutput(JsonElement output) {
        Set<String> paths = new LinkedHashSet<>();
        if (output instanceof JsonObject object) {
            for (String field : List.of("text", "evalue", "traceback")) {
                paths.addAll(in(Outputs.text(object.get(field)), true));
            }
            if (object.get("data") instanceof JsonObject data) {
                for (Map.Entry<String, JsonElement> entry : data.entrySet()) {
                    if (entry.getKey().startsWith("text/")) {
                        paths.addAll(in(
                                Outputs.text(entry.getValue()), entry.getKey().equals("text/plain")));
                    }
                }
            }
        }
        return paths;
    }

    /** @param code whether the text is code, or printed by it */
    Set<String> in(String text, boolean code) {
        String plain = NO_TEXT.matcher(text).replaceAll(" ");
        Set<String> paths = new LinkedHashSet<>();
        find(own, plain, paths);
        find(PERSONAL, plain, paths);
        if (code) {
            find(DRIVE, plain, paths);
        }
        return paths;
    }

    /** Adds what is found and does not begin with something that was. */
    private static void find(Pattern pattern, String text, Set<String> paths) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String path = matcher.group().replaceFirst("[.,;:!?\\]]+$", "");
            if (paths.stream().noneMatch(known -> path.equals(known) || path.endsWith(known))) {
                paths.add(path);
            }
        }
    }
}
