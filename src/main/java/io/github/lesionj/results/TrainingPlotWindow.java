package io.github.lesionj.results;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Plot;
import ij.gui.PlotWindow;
import io.github.lesionj.runtime.TrainingListener;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A live plot of a training; without a display, or once the user closed it, it only keeps the history. */
public final class TrainingPlotWindow implements TrainingListener {

    private final String title;
    private final List<EpochReport> history = new ArrayList<>();
    private PlotWindow window;

    public TrainingPlotWindow(String title) {
        this.title = title;
    }

    @Override
    public synchronized void resumed(List<EpochReport> earlier, int epochs) {
        history.addAll(earlier);
    }

    @Override
    public synchronized void epochEnded(EpochReport epoch) {
        history.add(epoch);
        if (GraphicsEnvironment.isHeadless()) {
            return;
        }
        Plot plot = Plots.training(title, history);
        if (window == null) {
            window = plot.show();
        } else if (!window.isClosed()) {
            window.drawPlot(plot);
        }
    }

    @Override
    public void preview(Path picture) {
        if (!GraphicsEnvironment.isHeadless()) {
            ImagePlus image = IJ.openImage(picture.toString());
            if (image != null) {
                image.setTitle("Augmented training images of " + title);
                image.show();
            }
        }
    }

    /** Every epoch so far. */
    public synchronized List<EpochReport> history() {
        return List.copyOf(history);
    }
}
