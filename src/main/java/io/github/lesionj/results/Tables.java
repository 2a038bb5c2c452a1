package io.github.lesionj.results;

import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import io.github.lesionj.geometry.ScoredBox;
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

    /** A table with a row per box: the columns of its {@code results.csv}, and {@code area} in square px and {@code area_um2}. */
    public static ResultsTable of(List<Detections> items) {
        DetectionCsv format = DetectionCsv.fitting(items);
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        table.setPrecision(DECIMALS);
        for (Detections item : items) {
            for (ScoredBox found : item.boxes()) {
                table.incrementCounter();
                addItem(table, item, found);
                add(table, "", DetectionCsv.size(found.box()));
                if (format.calibrated()) {
                    add(table, "_um", DetectionCsv.micrometres(item, found.box()));
                }
                table.addValue("area", DetectionCsv.area(DetectionCsv.size(found.box())));
                if (format.calibrated()) {
                    table.addValue("area_um2", DetectionCsv.area(DetectionCsv.micrometres(item, found.box())));
                }
            }
        }
        return table;
    }

    private static void addItem(ResultsTable table, Detections item, ScoredBox found) {
        List<String> position = DetectionCsv.item(item.item());
        table.addValue("image", position.get(0));
        for (int i = 0; i < DetectionCsv.POSITION.size(); i++) {
            if (item.item().hasPosition()) {
                table.addValue(DetectionCsv.POSITION.get(i), position.get(i + 1).isEmpty() ? Double.NaN : Integer.parseInt(position.get(i + 1)));
            } else {
                table.addValue(DetectionCsv.POSITION.get(i), "");
            }
        }
        table.addValue(DetectionCsv.LABEL, item.className(found));
        table.addValue(DetectionCsv.SCORE, found.score());
    }

    private static void add(ResultsTable table, String unit, double[] size) {
        for (int i = 0; i < size.length; i++) {
            table.addValue(DetectionCsv.SIZE.get(i) + unit, size[i]);
        }
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
