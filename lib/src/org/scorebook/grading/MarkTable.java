package org.scorebook.grading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.scorebook.base.Require;

/** Marks as a table: for a terminal, and as CSV for a spreadsheet. */
public final class MarkTable {
    private final List<Mark> marks;

    /** @param marks one a row */
    public MarkTable(List<Mark> marks) {
        this.marks = List.copyOf(Require.given("marks", marks));
    }

    /** For a terminal: student, notebook, points, state. */
    public String text() {
        int student = width("student", marks.stream().map(Mark::student).toList());
        int notebook = width("notebook", marks.stream().map(Mark::notebook).toList());
        String form = "%-" + student + "s  %-" + notebook + "s  %9s  %s%n";
        StringBuilder text = new StringBuilder(form.formatted("student", "notebook", "points", "state"));
        for (Mark mark : marks) {
            String points = mark.marked() ? mark.points() + " of " + mark.of() : "-";
            text.append(form.formatted(
                    harmless(mark.student()), harmless(mark.notebook()), points, harmless(mark.state())));
        }
        return text.toString();
    }

    private static int width(String title, List<String> values) {
        return Math.max(
                title.length(),
                values.stream()
                        .mapToInt(value -> harmless(value).length())
                        .max()
                        .orElse(0));
    }

    /** Without what a terminal would obey. */
    private static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    /** With a column for each exercise, and sentences on what was put right and what to look at. */
    public String csv() {
        Set<String> exercises = new LinkedHashSet<>();
        marks.forEach(mark -> mark.exercises().forEach(each -> exercises.add(each.exercise())));
        List<String> rows = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of("student", "notebook", "points", "of", "state"));
        exercises.forEach(number -> titles.addAll(List.of("exercise " + number, "verdict " + number)));
        titles.addAll(List.of("restorations", "remarks", "protections", "version", "begun", "seconds"));
        rows.add(row(titles));
        marks.forEach(mark -> rows.add(row(cells(mark, exercises))));
        return String.join("", rows);
    }

    private static List<String> cells(Mark mark, Set<String> exercises) {
        List<String> cells = new ArrayList<>(
                List.of(mark.student(), mark.notebook(), "" + mark.points(), "" + mark.of(), mark.state()));
        for (String number : exercises) {
            cells.addAll(mark.exercises().stream()
                    .filter(each -> each.exercise().equals(number))
                    .findFirst()
                    .map(each -> List.of("" + each.points(), each.verdict()))
                    .orElse(List.of("", "")));
        }
        cells.add(String.join(" ", mark.restorations()));
        cells.add(String.join(" ", mark.remarks()));
        cells.add(mark.protections().stream()
                .map(protection -> protection.against() + ": " + protection.how())
                .collect(Collectors.joining("; ")));
        cells.addAll(List.of(mark.version(), mark.begun(), "" + mark.seconds()));
        return cells;
    }

    /** In quotes, and never what a spreadsheet would take for a formula. */
    private static String row(List<String> cells) {
        return cells.stream()
                        .map(cell -> cell.matches("(?s)[=+@\\t\\r-].*") ? "'" + cell : cell)
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
