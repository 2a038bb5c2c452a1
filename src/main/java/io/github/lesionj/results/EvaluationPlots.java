package io.github.lesionj.results;

import ij.gui.Plot;
import io.github.lesionj.evaluation.Calibration;
import io.github.lesionj.evaluation.Curves;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ImageJ plots of how good a classifier is: ROC, precision and recall, reliability, accuracy and coverage. */
public final class EvaluationPlots {

    private static final int EDGE = 520;
    static final float LETTERS = 16;
    private static final float SMALL = 12;
    static final Color[] COLORS = {new Color(0, 114, 178), new Color(213, 94, 0), new Color(0, 158, 115),
        new Color(204, 121, 167), new Color(86, 180, 233), new Color(230, 159, 0), new Color(90, 90, 90)};
    private static final Color PALE = new Color(205, 225, 240);
    private static final Color GREY = new Color(150, 150, 150);

    /**
     * A curve with its name in the legend.
     *
     * @param name   with the figure that it stands for
     * @param points from left to right
     */
    public record Curve(String name, List<Curves.Point> points) {
    }

    private EvaluationPlots() {
    }

    /** Sensitivity over one minus specificity, with the diagonal of a coin. */
    public static Plot roc(String title, List<Curve> curves) {
        Plot plot = empty(title, "1 - specificity", "Sensitivity");
        addDotted(plot, 0, 1);
        addCurves(plot, curves);
        return plot;
    }

    /**
     * Precision over recall.
     *
     * @param prevalence share of the positive items, drawn as what a coin reaches; NaN = not drawn
     */
    public static Plot precisionRecall(String title, List<Curve> curves, double prevalence) {
        Plot plot = empty(title, "Recall", "Precision");
        if (!Double.isNaN(prevalence)) {
            addDotted(plot, prevalence, prevalence);
        }
        addCurves(plot, curves);
        return plot;
    }

    /**
     * Accuracy over confidence in bins, with the share and the number of decisions in each.
     *
     * @param ece the expected calibration error, for the legend
     */
    public static Plot reliability(String title, List<Calibration.Bin> bins, double ece) {
        Plot plot = empty(title, "Confidence (mean probability in the bin)", "Accuracy; share of the decisions");
        long total = bins.stream().mapToLong(Calibration.Bin::count).sum();
        plot.setColor(PALE, PALE);
        plot.setLineWidth(1);
        for (Calibration.Bin bin : bins) {
            double share = (double) bin.count() / Math.max(1, total);
            plot.drawShapes("rectangles", rectangle(bin.low(), 0, bin.high(), share));
        }
        addDotted(plot, 0, 1);
        List<Calibration.Bin> filled = bins.stream().filter(bin -> bin.count() > 0).toList();
        double[] x = filled.stream().mapToDouble(Calibration.Bin::confidence).toArray();
        double[] y = filled.stream().mapToDouble(Calibration.Bin::accuracy).toArray();
        addLine(plot, x, y, COLORS[0], "connected", 2);
        addCounts(plot, filled, total);
        plot.setColor(Color.BLACK);
        plot.setLineWidth(1);
        plot.setFont(Font.PLAIN, LETTERS);
        plot.addLegend("measured, ECE " + figure(ece), "Top-Left");
        return plot;
    }

    private static ArrayList<float[]> rectangle(double left, double low, double right, double high) {
        ArrayList<float[]> one = new ArrayList<>();
        one.add(new float[] {(float) left, (float) low, (float) right, (float) high});
        return one;
    }

    private static void addCounts(Plot plot, List<Calibration.Bin> bins, long total) {
        plot.setColor(new Color(60, 60, 60));
        plot.setFont(Font.PLAIN, SMALL);
        plot.setJustification(Plot.CENTER);
        for (Calibration.Bin bin : bins) {
            plot.addText(Long.toString(bin.count()), (bin.low() + bin.high()) / 2, (double) bin.count() / total + 0.012);
        }
        plot.setJustification(Plot.LEFT);
    }

    /**
     * Accuracy of the items that are decided over their share.
     *
     * @param points the most confident first
     * @param chosen where items below a confidence are left undecided, or null
     */
    public static Plot accuracyCoverage(String title, List<Curves.Coverage> points, Curves.Coverage chosen) {
        Plot plot = empty(title, "Coverage (share of the items that are decided)", "Accuracy of those");
        double[] x = points.stream().mapToDouble(Curves.Coverage::coverage).toArray();
        double[] y = points.stream().mapToDouble(Curves.Coverage::accuracy).toArray();
        addLine(plot, x, y, COLORS[0], "line", 2);
        String legend = "by falling confidence";
        if (chosen != null && !Double.isNaN(chosen.accuracy())) {
            addLine(plot, new double[] {chosen.coverage()}, new double[] {chosen.accuracy()}, COLORS[1], "circle", 3);
            legend += String.format(Locale.ROOT, "\tconfidence %s: %.1f %% decided, accuracy %s", Numbers.brief(chosen.threshold()),
                100 * chosen.coverage(), figure(chosen.accuracy()));
        }
        double lowest = points.stream().mapToDouble(Curves.Coverage::accuracy).min().orElse(0);
        plot.setLimits(0, 1.02, Math.max(0, Math.floor(10 * lowest - 1) / 10), 1.02);
        plot.setColor(Color.BLACK);
        plot.setLineWidth(1);
        plot.addLegend(legend, "Bottom-Left");
        return plot;
    }

    /** What is to be compared with; it has no place in the legend. */
    private static void addDotted(Plot plot, double from, double to) {
        plot.setColor(GREY);
        plot.setLineWidth(1);
        plot.drawDottedLine(0, from, 1, to, 4);
    }

    static void addCurves(Plot plot, List<Curve> curves) {
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < curves.size(); i++) {
            List<Curves.Point> points = curves.get(i).points();
            addLine(plot, points.stream().mapToDouble(Curves.Point::x).toArray(), points.stream().mapToDouble(Curves.Point::y).toArray(),
                COLORS[i % COLORS.length], "line", 2);
            legend.append(legend.isEmpty() ? "" : "\t").append(curves.get(i).name().replace('\t', ' '));
        }
        plot.setColor(Color.BLACK);
        plot.setLineWidth(1);
        plot.addLegend(legend.toString(), "auto");
    }

    static void addLine(Plot plot, double[] x, double[] y, Color color, String style, int width) {
        plot.setColor(color, color);
        plot.setLineWidth(width);
        plot.add(style, x, y);
    }

    static Plot empty(String title, String xLabel, String yLabel) {
        Plot plot = new Plot(title, xLabel, yLabel);
        plot.setFrameSize(EDGE, EDGE);
        plot.setFont(Font.PLAIN, LETTERS);
        plot.setAxisLabelFont(Font.PLAIN, LETTERS);
        plot.setLimits(-0.01, 1.02, -0.01, 1.02);
        return plot;
    }

    /** Three decimals. */
    static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
