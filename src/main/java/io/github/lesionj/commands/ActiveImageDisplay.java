package io.github.lesionj.commands;

import ij.ImagePlus;
import io.github.lesionj.batch.ItemWriter;
import io.github.lesionj.image.Position;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.results.ImageOverlay;
import io.github.lesionj.results.Region;
import io.github.lesionj.results.Regions;
import java.awt.Color;
import java.util.List;

/** Shows maps and outlines on the image that is open in ImageJ, in place of those of an earlier run. Thread-safe. */
final class ActiveImageDisplay implements ItemWriter.Display {

    private final ImagePlus image;

    ActiveImageDisplay(ImagePlus image) {
        this.image = image;
    }

    @Override
    public void begin() {
        ImageOverlay.clear(image);
    }

    @Override
    public synchronized void show(Classification row, Position position, HeatMap map, List<Region> regions, Color color) {
        ImageOverlay.add(image, row, map, regions, color);
        ImageOverlay.addToRoiManager(regions.stream().map(region -> {
            var roi = Regions.toRoi(region, color);
            Regions.place(roi, row.item(), image.isHyperStack());
            return roi;
        }).toList());
    }
}
