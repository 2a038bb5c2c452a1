package io.github.lesionj.results;

import ij.gui.Plot;
import io.github.lesionj.evaluation.Curves;
import io.github.lesionj.evaluation.detection.ClassMatching;
import io.github.lesionj.evaluation.detection.DetectedClass;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.evaluation.detection.Froc;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.evaluation.detection.MatchRule;
import io.github.lesionj.evaluation.detection.PrecisionRecall;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** ImageJ plots of how good a detector is: precision and recall of each class, and FROC. */
public final class DetectionPlots {

    private static final float FINE = 13;
    private static final Color GRID = new Color(225, 225, 225);
    private static final String[] TICKS = {"1/8", "1/4", "1/2", "1", "2", "4", "8"};
    private static final double LEFT = -0.3;
    private static final double RIGHT = TICKS.length - 0.7;

    /** Of the frame's height. */
    private static final double BELOW_THE_NAMES = 1.085;

    private DetectionPlots() {
    }

    /**
     * Precision over recall at IoU 0.5, a curve for each class that has objects, with a circle at the operating point.
     *
     * @param metrics of the same images, for the legend and the operating point
     */
    public static Plot precisionRecall(String title, List<JudgedImage> images, DetectionMetrics metrics) {
        Plot plot = EvaluationPlots.empty(title, "Recall", "Precision");
        List<String> legend = new ArrayList<>();
        for (int label = 0; label < metrics.perClass().size(); label++) {
            DetectedClass found = metrics.perClass().get(label);
            if (found.objects() == 0) {
                continue;
            }
            Color color = EvaluationPlots.COLORS[label % EvaluationPlots.COLORS.length];
            PrecisionRecall curve = PrecisionRecall.of(ClassMatching.of(images, label, MatchRule.of(DetectionMetrics.IOU)));
            EvaluationPlots.addLine(plot, curve.recall(), curve.precision(), color, "line", 2);
            legend.add(text(found.name()) + ", AP " + EvaluationPlots.figure(found.ap50()));
            if (!Double.isNaN(found.precision())) {
                EvaluationPlots.addLine(plot, new double[] {found.recall()}, new double[] {found.precision()}, color, "circle", 3);
                legend.add("at " + Numbers.brief(metrics.threshold()) + ": precision " + EvaluationPlots.figure(found.precision()) + ", recall "
                    + EvaluationPlots.figure(found.recall()));
            }
        }
        addLegend(plot, legend, "Bottom-Left");
        return plot;
    }

    /**
     * Sensitivity over false alarms an image, 1/8 to 8 in steps of two, with circles at those levels and a cross at the operating point.
     *
     * @param metrics of the same images
     */
    public static Plot froc(String title, List<JudgedImage> images, DetectionMetrics metrics) {
        // names in braces are ImageJ's way to label the places 0, 1, 2 ...
        Plot plot = EvaluationPlots.empty(title, "{" + String.join(",", TICKS) + "}", "Sensitivity");
        plot.setFormatFlags(Plot.X_NUMBERS | Plot.Y_NUMBERS | Plot.Y_TICKS);
        plot.setLimits(LEFT, RIGHT, -0.01, 1.02);
        addScale(plot);
        List<String> legend = new ArrayList<>();
        List<DetectedClass> classes = metrics.perClass().stream().filter(found -> found.objects() > 0).toList();
        if (classes.size() > 1) {
            for (DetectedClass found : classes) {
                int label = metrics.perClass().indexOf(found);
                Froc froc = Froc.of(ClassMatching.of(images, label, MatchRule.of(metrics.iou())));
                addCurve(plot, froc, EvaluationPlots.COLORS[label % EvaluationPlots.COLORS.length], 1);
                legend.add(text(found.name()));
            }
        }
        if (!classes.isEmpty()) {
            addAll(plot, metrics, legend);
        }
        addLegend(plot, legend, "Bottom-Right");
        return plot;
    }

    private static void addAll(Plot plot, DetectionMetrics metrics, List<String> legend) {
        addCurve(plot, metrics.froc(), Color.BLACK, 2);
        legend.add(metrics.perClass().size() > 1 ? "all classes" : text(metrics.perClass().get(0).name()));
        double[] x = IntStream.range(0, TICKS.length).asDoubleStream().toArray();
        double[] y = Froc.LEVELS.stream().mapToDouble(metrics.froc()::sensitivity).toArray();
        EvaluationPlots.addLine(plot, x, y, Color.BLACK, "circle", 2);
        legend.add("mean of the seven levels " + EvaluationPlots.figure(metrics.froc().score()));
        double alarms = (double) metrics.all().falseAlarms() / metrics.images();
        double seen = Math.max(LEFT, Math.min(RIGHT, place(alarms)));
        EvaluationPlots.addLine(plot, new double[] {seen}, new double[] {metrics.all().recall()}, Color.RED, "x", 3);
        legend.add("threshold " + Numbers.brief(metrics.threshold()) + ": " + EvaluationPlots.figure(metrics.all().recall()) + " at "
            + Numbers.brief(alarms));
    }

    /** Steps: between two thresholds nothing is gained, and more false alarms than there are cost nothing. */
    private static void addCurve(Plot plot, Froc froc, Color color, int width) {
        int count = froc.points().size();
        double[] x = new double[2 * count + 1];
        double[] y = new double[2 * count + 1];
        x[2 * count] = RIGHT + 1;
        y[2 * count] = froc.points().get(count - 1).y();
        for (int i = 0; i < count; i++) {
            Curves.Point point = froc.points().get(i);
            x[2 * i] = place(point.x());
            y[2 * i] = i == 0 ? point.y() : froc.points().get(i - 1).y();
            x[2 * i + 1] = x[2 * i];
            y[2 * i + 1] = point.y();
        }
        EvaluationPlots.addLine(plot, x, y, color, "line", width);
    }

    /** Where so many false alarms an image stand: 0 is 1/8, each step doubles them; what is far beyond the edges is just beyond them. */
    static double place(double falseAlarms) {
        double place = Math.log(falseAlarms / Froc.LEVELS.get(0)) / Math.log(2);
        return Math.max(LEFT - 1, Math.min(RIGHT + 1, place));
    }

    private static void addScale(Plot plot) {
        plot.setLineWidth(1);
        for (int i = 0; i < TICKS.length; i++) {
            plot.setColor(GRID);
            plot.drawLine(i, 0, i, 1.02);
        }
        plot.setColor(Color.BLACK);
        plot.setFont(Font.PLAIN, EvaluationPlots.LETTERS);
        plot.setJustification(Plot.CENTER);
        plot.addLabel(0.5, BELOW_THE_NAMES, "False alarms per image");
        plot.setJustification(Plot.LEFT);
    }

    private static void addLegend(Plot plot, List<String> entries, String place) {
        plot.setColor(Color.BLACK);
        plot.setLineWidth(1);
        plot.setFont(Font.PLAIN, FINE);
        if (!entries.isEmpty()) {
            plot.addLegend(String.join("\t", entries), place);
        }
    }

    private static String text(String name) {
        return name.replaceAll("[\\t\\n]", " ");
    }
}
