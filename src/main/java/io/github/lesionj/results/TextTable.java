package io.github.lesionj.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of text with aligned columns, for the log window and for standard output. */
public final class TextTable {

    private TextTable() {
    }

    /** Two columns: keys and values. */
    public static String of(Map<String, ?> rows) {
        List<List<String>> table = new ArrayList<>();
        rows.forEach((key, value) -> table.add(List.of(key, String.valueOf(value))));
        return of(table);
    }

    /** Any number of columns, all rows of the same length; no trailing line feed. */
    public static String of(List<List<String>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                line.append(row.get(column)).append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
