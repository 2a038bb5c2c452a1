package io.github.lesionj.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DeLongTest {

    /** pROC's own documentation: s100b has 0.7314 with 95 % CI 0.6301-0.8326 (DeLong); wfns has 0.8237. */
    @Test
    void agreesWithProcOnSubarachnoidHaemorrhage() {
        Path file = Path.of(System.getProperty("lesionj.shared", "../shared"), "data/metrics/roc_aSAH/aSAH_s100b_wfns.csv");
        Assumptions.assumeTrue(Files.exists(file), "shared data is absent");
        List<List<String>> rows = Csv.read(file);
        Estimate s100b = DeLong.interval(column(rows, "s100b"), poor(rows));
        assertEquals(0.7313685636856369, s100b.value(), 1e-12);
        assertEquals(0.6301, s100b.low(), 5e-5);
        assertEquals(0.8326, s100b.high(), 5e-5);
        assertEquals(0.823678861788618, DeLong.interval(column(rows, "wfns"), poor(rows)).value(), 1e-12);
    }

    private static double[] column(List<List<String>> rows, String name) {
        int column = rows.get(0).indexOf(name);
        return rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row.get(column))).toArray();
    }

    private static boolean[] poor(List<List<String>> rows) {
        int column = rows.get(0).indexOf("outcome");
        boolean[] poor = new boolean[rows.size() - 1];
        for (int i = 0; i < poor.length; i++) {
            poor[i] = rows.get(i + 1).get(column).equals("Poor");
        }
        return poor;
    }

    @Test
    void perfectSeparationHasNoWidth() {
        Estimate auc = DeLong.interval(new double[] {1, 2, 3, 4}, new boolean[] {false, false, true, true});
        assertEquals(new Estimate(1, 1, 1), auc);
    }

    @Test
    void oneCaseHasAnAreaButNoInterval() {
        Estimate auc = DeLong.interval(new double[] {1, 2, 3}, new boolean[] {false, true, false});
        assertEquals(0.5, auc.value());
        assertTrue(Double.isNaN(auc.low()));
    }
}
