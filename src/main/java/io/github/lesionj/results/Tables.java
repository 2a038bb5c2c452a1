package io.github.lesionj.results;

import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import java.awt.GraphicsEnvironment;
import java.util.List;

/** Results as ImageJ's table, with the columns of {@code results.csv}. */
public final class Tables {

    private static final int DECIMALS = 6;

    private Tables() {
    }

    /** A table with a row per classification. */
    public static ResultsTable of(ResultSet results) {
        ResultCsv format = ResultCsv.fitting(results.classNames(), results.rows());
        List<String> header = format.header();
        int firstNumber = header.indexOf("probability");
        int lastNumber = firstNumber + results.classNames().size();
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        table.setPrecision(DECIMALS);
        for (Classification row : results.rows()) {
            table.incrementCounter();
            List<String> fields = format.fields(row);
            for (int i = 0; i < header.size(); i++) {
                if (i == firstNumber) {
                    table.addValue(header.get(i), row.probability());
                } else if (i > firstNumber && i <= lastNumber) {
                    table.addValue(header.get(i), row.probabilities().get(i - firstNumber - 1));
                } else if (isPosition(header.get(i)) && !fields.get(i).isEmpty()) {
                    table.addValue(header.get(i), Integer.parseInt(fields.get(i)));
                } else {
                    table.addValue(header.get(i), fields.get(i));
                }
            }
        }
        return table;
    }

    private static boolean isPosition(String column) {
        return column.equals("c") || column.equals("z") || column.equals("t");
    }

    /** Makes a table ImageJ's own {@code Results}, which macros read; shown where there is a display. */
    public static void publish(ResultsTable table) {
        Analyzer.setResultsTable(table);
        // The analyzer sets its own number of decimals.
        table.setPrecision(DECIMALS);
        if (!GraphicsEnvironment.isHeadless()) {
            table.show("Results");
        }
    }
}
