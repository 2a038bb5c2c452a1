package io.github.lesionj.door;

import ij.gui.Roi;
import ij.process.ByteProcessor;
import io.github.lesionj.image.RoiFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Images of cells as {@link TinyDetector} finds them, with ROIs that say what is true: a grey value gives a score, and what is annotated is free.
 *
 * @param folder of the set
 */
public record CellSet(Path folder) {

    private static final int GREY = 128;

    /**
     * A cell of an image, and what the truth says of it.
     *
     * @param column from 0
     * @param row    from 0
     * @param grey   128 is nothing
     * @param label  its class by the truth; empty = it is no object
     */
    public record Cell(int column, int row, int grey, String label) {
    }

    /** Adds an image of a number of columns and rows of cells. */
    public CellSet image(String name, int columns, int rows, Cell... cells) {
        ByteProcessor pixels = new ByteProcessor(columns * TinyDetector.CELL, rows * TinyDetector.CELL);
        pixels.setValue(GREY);
        pixels.fill();
        List<Roi> rois = new ArrayList<>();
        for (Cell cell : cells) {
            pixels.setValue(cell.grey());
            pixels.setRoi(cell.column() * TinyDetector.CELL, cell.row() * TinyDetector.CELL, TinyDetector.CELL, TinyDetector.CELL);
            pixels.fill();
            if (!cell.label().isEmpty()) {
                Roi roi = new Roi(pixels.getRoi());
                roi.setName(cell.label());
                rois.add(roi);
            }
        }
        pixels.resetRoi();
        BufferedImage picture = pixels.getBufferedImage();
        TestImages.png(folder.resolve("images").resolve(name), picture);
        if (!rois.isEmpty()) {
            RoiFiles.write(folder.resolve("rois").resolve(name + ".zip"), rois);
        }
        return this;
    }

    /**
     * Three images with every verdict. Scores (255: 1, 230: 0.804, 204: 0.6, 166: 0.302): a.png finds 2 of 3 with one false alarm, b.png none of 1 with two,
     * c.png has nothing and nothing is found.
     */
    public static CellSet ofThree(Path folder) {
        return new CellSet(folder)
            .image("a.png", 8, 8, new Cell(0, 0, 255, "bright"), new Cell(2, 1, 0, "dark"), new Cell(5, 5, 166, "Bright"), new Cell(7, 7, 204, ""))
            .image("b.png", 8, 8, new Cell(3, 3, 230, ""), new Cell(4, 1, 26, "bright"))
            .image("c.png", 8, 8);
    }
}
