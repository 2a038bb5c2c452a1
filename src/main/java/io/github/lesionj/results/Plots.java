package io.github.lesionj.results;

import ij.gui.Plot;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** ImageJ plots of a training and of a data set, and their pictures ({@code plots/*.png}). */
public final class Plots {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final float LETTERS = 16;
    private static final Color BLUE = new Color(0, 114, 178);
    private static final Color SKY = new Color(86, 180, 233);
    private static final Color ORANGE = new Color(213, 94, 0);

    private Plots() {
    }

    /**
     * Loss of training and validation, and the validation figure that decides, per epoch; a circle marks the best epoch.
     *
     * @param title   of the window
     * @param history every epoch so far, at least one
     */
    public static Plot training(String title, List<EpochReport> history) {
        String quality = history.get(0).quality().name();
        Plot plot = empty(title, "Epoch", "Loss, " + quality);
        addCurve(plot, history, EpochReport::trainingLoss, SKY);
        addCurve(plot, history, EpochReport::validationLoss, BLUE);
        addCurve(plot, history, epoch -> epoch.quality().value(), ORANGE);
        history.stream().filter(EpochReport::best).reduce((first, second) -> second).ifPresent(best -> {
            plot.setColor(ORANGE);
            plot.add("circle", new double[] {best.epoch()}, new double[] {best.quality().value()});
        });
        plot.setColor(Color.BLACK);
        plot.setLineWidth(1);
        EpochReport last = history.get(history.size() - 1);
        plot.setLimits(0, Math.max(1, last.epochs()) + 0.5, 0, highest(history));
        // A label per curve; the circle has none.
        plot.addLegend("training loss\tvalidation loss\tvalidation " + quality, "auto");
        return plot;
    }

    private static void addCurve(Plot plot, List<EpochReport> history, ToDoubleFunction<EpochReport> value, Color color) {
        plot.setColor(color);
        plot.setLineWidth(2);
        plot.add("line", history.stream().mapToDouble(EpochReport::epoch).toArray(), history.stream().mapToDouble(value).toArray());
    }

    // The figure ends at 1; a loss that is not finite has ended the training and is not drawn.
    private static double highest(List<EpochReport> history) {
        return history.stream().flatMapToDouble(epoch -> DoubleStream.of(epoch.trainingLoss(), epoch.validationLoss(), 1))
            .filter(Double::isFinite).max().orElse(1) * 1.05;
    }

    /**
     * Bars of how many items each class has.
     *
     * @param counts class name to number, in the order to draw
     */
    public static Plot classBalance(String title, Map<String, Integer> counts) {
        List<String> labels = counts.entrySet().stream().map(entry -> tickLabel(entry.getKey()) + " (" + entry.getValue() + ")").toList();
        Plot plot = empty(title, "{" + String.join(",", labels) + "}", "Items");
        double[] values = counts.values().stream().mapToDouble(Integer::doubleValue).toArray();
        double[] places = new double[values.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        plot.setColor(BLUE, SKY);
        plot.add("separated bar", places, values);
        plot.setColor(Color.BLACK);
        double highest = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        plot.setLimits(-0.6, values.length - 0.4, 0, Math.max(1, highest) * 1.1);
        return plot;
    }

    // Commas and braces end a label in ImageJ's own notation.
    private static String tickLabel(String className) {
        return className.replaceAll("[,{}]", " ");
    }

    private static Plot empty(String title, String xLabel, String yLabel) {
        Plot plot = new Plot(title, xLabel, yLabel);
        plot.setFrameSize(WIDTH, HEIGHT);
        plot.setFont(Font.PLAIN, LETTERS);
        plot.setAxisLabelFont(Font.PLAIN, LETTERS);
        return plot;
    }

    /**
     * Draws a plot into a PNG; works without a display, but not without fonts.
     *
     * @throws LesionJException where Java finds no fonts, or the file cannot be written
     */
    public static void write(Path file, Supplier<Plot> plot) {
        BufferedImage picture;
        try {
            picture = plot.get().getProcessor().getBufferedImage();
        } catch (InternalError | LinkageError | AWTError e) {
            throw new LesionJException("Cannot draw " + file.getFileName() + ": this Java finds no fonts. Install fontconfig "
                + "and a font, on Debian the packages fontconfig and fonts-dejavu-core.", e);
        }
        PngFile.write(file, picture);
    }
}
