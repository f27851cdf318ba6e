package org.scorebook.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scorebook.inspect.FolderReport;
import org.scorebook.inspect.FolderReport.ClassSize;
import org.scorebook.inspect.FolderReport.PictureSize;

/**
 * A report on a folder to read, in 80 columns, and as JSON.
 *
 * @param report of the check
 */
record FolderText(FolderReport report) {
    private static final int COLUMNS = 80;
    private static final int NAME = 17;

    /** How many classes, groups of copies and faults the table has; JSON has all. */
    private static final int MOST = 20;

    String table() {
        StringBuilder table = new StringBuilder();
        row(table, "folder", report.folder().toString());
        row(
                table,
                "pictures",
                count(report.pictures(), "picture") + " in "
                        + classes(report.classes().size()));
        if (!report.sizes().isEmpty()) {
            pictures(table);
        }
        if (report.faults().isEmpty()) {
            row(
                    table,
                    "training sees",
                    "3 x %d x %d; %d train, %d validation, %d test",
                    report.side(),
                    report.side(),
                    trained(ClassSize::train),
                    trained(ClassSize::validation),
                    trained(ClassSize::test));
        }
        classTable(table);
        faults(table);
        return table.toString();
    }

    private void pictures(StringBuilder table) {
        List<PictureSize> sizes = report.sizes();
        row(
                table,
                "sizes",
                "%s smallest, %s median, %s largest",
                text(sizes.get(0)),
                text(sizes.get(1)),
                text(sizes.get(2)));
        row(table, "not square", report.notSquare() + (report.notSquare() == 0 ? "" : ": the middle square is taken"));
        row(table, "enlarged", "%d with a side below %d pixels", report.enlarged(), report.side());
        row(
                table,
                "channels",
                report.kinds().entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", ")));
        row(table, "turned", "%d upright by the mark of their camera", report.turned());
        row(
                table,
                "equal pictures",
                report.copies().isEmpty()
                        ? "none"
                        : count(report.copies().size(), "group") + ", " + report.acrossClasses() + " across classes, "
                                + report.acrossParts() + " across train, validation and test");
        first(report.copies().stream().map(group -> String.join(" = ", group)).toList())
                .forEach(line -> row(table, "", line));
    }

    private void classTable(StringBuilder table) {
        int width = report.classes().stream()
                .mapToInt(one -> one.name().length())
                .max()
                .orElse(0);
        width = Math.max(16, Math.min(width, COLUMNS - 40));
        String row = "%-" + width + "s  %8s  %6s  %10s  %6s%n";
        table.append(String.format(row, "CLASS", "PICTURES", "TRAIN", "VALIDATION", "TEST"));
        for (ClassSize one :
                report.classes().subList(0, Math.min(MOST, report.classes().size()))) {
            String name = one.name().length() > width ? one.name().substring(0, width - 1) + "…" : one.name();
            table.append(String.format(row, name, one.pictures(), one.train(), one.validation(), one.test()));
        }
        more(report.classes().size()).forEach(line -> table.append(line).append(System.lineSeparator()));
    }

    private void faults(StringBuilder table) {
        if (report.faults().isEmpty()) {
            table.append(String.format("A training can begin.%n"));
            return;
        }
        table.append(String.format(
                "A training would fail, for %s:%n", count(report.faults().size(), "reason")));
        first(report.faults()).forEach(fault -> wrapped(table, "  ", "    ", fault));
    }

    private static List<String> first(List<String> all) {
        return Stream.concat(all.stream().limit(MOST), more(all.size())).toList();
    }

    private static Stream<String> more(int size) {
        return size > MOST ? Stream.of("and " + (size - MOST) + " more: --json FILE has all") : Stream.of();
    }

    private static void row(StringBuilder table, String name, String format, Object... values) {
        String value = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        wrapped(table, String.format("%-" + NAME + "s", name), " ".repeat(NAME), value);
    }

    /** Breaks at spaces; a word that is longer than a line stays whole, for it may be a path to copy. */
    private static void wrapped(StringBuilder table, String start, String indent, String text) {
        StringBuilder line = new StringBuilder(start);
        boolean empty = true;
        for (String word : text.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > COLUMNS) {
                table.append(line).append(System.lineSeparator());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        table.append(line).append(System.lineSeparator());
    }

    private static String text(PictureSize size) {
        return size.width() + " x " + size.height();
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static String classes(int n) {
        return n + (n == 1 ? " class" : " classes");
    }

    private int trained(ToIntFunction<ClassSize> part) {
        return report.classes().stream().mapToInt(part).sum();
    }

    /** All of the report, with the names of its components as the names of settings are written. */
    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("folder", report.folder().toString());
        json.addProperty("trains", report.faults().isEmpty());
        json.addProperty("pictures", report.pictures());
        json.addProperty("image_size", report.side());
        json.add("classes", tree(report.classes()));
        json.add("sizes", tree(report.sizes()));
        json.addProperty("not_square", report.notSquare());
        json.addProperty("enlarged", report.enlarged());
        JsonObject channels = new JsonObject();
        report.kinds().forEach((kind, number) -> channels.addProperty(kind.toString(), number));
        json.add("channels", channels);
        json.addProperty("turned", report.turned());
        json.add("equal_pictures", tree(report.copies()));
        json.addProperty("equal_across_classes", report.acrossClasses());
        json.addProperty("equal_across_parts", report.acrossParts());
        json.add("faults", tree(report.faults()));
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }

    private static JsonElement tree(List<?> values) {
        return new GsonBuilder().create().toJsonTree(values);
    }
}
