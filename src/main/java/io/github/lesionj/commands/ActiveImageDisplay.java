package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.lesionj.batch.ItemWriter;
import io.github.lesionj.image.Position;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.results.ImageOverlay;
import io.github.lesionj.results.Region;
import io.github.lesionj.results.Regions;
import java.awt.Color;
import java.awt.EventQueue;
import java.util.List;
import java.util.function.Consumer;

/** Shows maps and outlines on the image that is open in ImageJ, in place of those of an earlier run. Thread-safe. */
final class ActiveImageDisplay implements ItemWriter.Display {

    private final ImagePlus image;
    private final Consumer<String> warnings;
    private boolean warned;

    ActiveImageDisplay(ImagePlus image, Consumer<String> warnings) {
        this.image = image;
        this.warnings = warnings;
    }

    @Override
    public void begin() {
        ImageOverlay.clear(image);
        ImageOverlay.clearRoiManager(image);
        if (image.getWindow() != null) {
            EventQueue.invokeLater(() -> CanvasZoom.enlarge(image));
        }
    }

    @Override
    public void remark(String sentence) {
        warnings.accept(sentence);
    }

    @Override
    public synchronized void show(Classification row, Position position, HeatMap map, List<Region> regions, Color color) {
        boolean drawn = ImageOverlay.add(image, row, map, regions, color);
        if (!drawn && !warned) {
            warned = true;
            warnings.accept(image.getTitle() + ": the heat map of an image of more than 64 megapixels is not drawn on it, only its "
                + "outline and legend; name a folder with output= to get its picture.");
        }
        ImageOverlay.addToRoiManager(image, regions.stream().map(region -> placed(region, row, color)).toList());
    }

    private Roi placed(Region region, Classification row, Color color) {
        Roi roi = Regions.toRoi(region, color);
        Regions.place(roi, row.item(), image.isHyperStack());
        return roi;
    }
}
