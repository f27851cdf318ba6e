package org.scorebook.view;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A Tablesaw table as an HTML table. Numbers are right-aligned and a column's numbers share their decimals, so that they
 * can be compared by eye. All styling is inline: notebook pages drop style sheets that outputs bring along.
 */
final class HtmlTable {
    private static final int SIGNIFICANT_DIGITS = 4;

    private HtmlTable() {}

    static String of(Table table) {
        StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse;text-align:left\">");
        if (table.name() != null && !table.name().isBlank()) {
            html.append("<caption style=\"text-align:left;font-weight:600;padding:4px 0;white-space:nowrap\">")
                    .append(Notebook.escape(table.name()))
                    .append("</caption>");
        }
        html.append("<thead><tr>");
        table.columns().forEach(column -> html.append(cell("th", column, column.name())));
        html.append("</tr></thead><tbody>");
        IntFunction<?>[] formats =
                table.columns().stream().map(HtmlTable::format).toArray(IntFunction<?>[]::new);
        for (int row = 0; row < table.rowCount(); row++) {
            html.append("<tr>");
            for (int i = 0; i < formats.length; i++) {
                html.append(cell("td", table.column(i), (String) formats[i].apply(row)));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String cell(String tag, Column<?> column, String text) {
        String align = column instanceof NumericColumn ? "right" : "left";
        String line = tag.equals("th") ? "border-bottom:1px solid;" : "";
        return "<" + tag + " style=\"text-align:" + align + ";padding:4px 12px;" + line
                + "font-variant-numeric:tabular-nums\">" + Notebook.escape(text) + "</" + tag + ">";
    }

    private static IntFunction<String> format(Column<?> column) {
        if (!(column instanceof NumericColumn<?> numbers)) {
            return row -> column.isMissing(row) ? "–" : String.valueOf(column.get(row));
        }
        double[] values = numbers.asDoubleArray();
        String format = numberFormat(
                Arrays.stream(values).filter(Double::isFinite).map(Math::abs).toArray());
        return row ->
                column.isMissing(row) ? "–" : String.format(Locale.ROOT, format, values[row] + 0.0); // + 0.0: no "-0"
    }

    /**
     * One format for all of a column's sizes: whole numbers as such, others with at least four digits of the largest, but none
     * that no number has: a rounded column shows what it was rounded to.
     */
    private static String numberFormat(double[] sizes) {
        if (Arrays.stream(sizes).allMatch(v -> v == Math.rint(v) && v < 1e15)) {
            return "%.0f";
        }
        double largest = Arrays.stream(sizes).max().orElse(0);
        double smallest = Arrays.stream(sizes).filter(v -> v > 0).min().orElse(largest);
        if (largest >= 1e7 || smallest < 1e-4) {
            return "%." + (SIGNIFICANT_DIGITS - 1) + "e";
        }
        int wholeDigits = (int) Math.floor(Math.log10(largest)) + 1;
        int decimals = Math.min(6, SIGNIFICANT_DIGITS - wholeDigits);
        return "%." + Math.max(1, Math.min(decimals, decimals(sizes))) + "f";
    }

    private static int decimals(double[] sizes) {
        return Arrays.stream(sizes)
                .mapToInt(v -> BigDecimal.valueOf(v).stripTrailingZeros().scale())
                .max()
                .orElse(0);
    }
}
