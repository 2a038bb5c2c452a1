package io.github.lesionj.door;

import ij.gui.Roi;
import ij.process.ByteProcessor;
import io.github.lesionj.image.RoiFiles;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Pictures of bright and dark rectangles on noise, that a small detector learns in seconds.
 *
 * @param edge   of an image, px
 * @param images how many
 * @param seed   of everything
 */
public record RectangleSet(int edge, int images, long seed) {

    /** A rectangle. */
    public record Shape(String label, Rectangle bounds) {
    }

    /** What is on an image; on every fifth nothing. */
    public List<Shape> shapes(int index) {
        Random random = new Random(31 * seed + index);
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < (index % 5 == 0 ? 0 : 2); i++) {
            int width = 9 + random.nextInt(8);
            int height = 9 + random.nextInt(8);
            int x = random.nextInt(edge - width);
            int y = i * edge / 2 + random.nextInt(edge / 2 - height);
            shapes.add(new Shape(random.nextBoolean() ? "bright" : "dark", new Rectangle(x, y, width, height)));
        }
        return shapes;
    }

    /** An image with shapes on it. */
    public static ByteProcessor draw(int width, int height, List<Shape> shapes, long seed) {
        Random random = new Random(seed);
        ByteProcessor pixels = new ByteProcessor(width, height);
        for (int i = 0; i < width * height; i++) {
            pixels.set(i, 118 + random.nextInt(20));
        }
        for (Shape shape : shapes) {
            pixels.setValue(shape.label().equals("bright") ? 220 : 30);
            pixels.setRoi(shape.bounds());
            pixels.fill();
        }
        pixels.resetRoi();
        return pixels;
    }

    private Path image(Path folder, int index) {
        return TestImages.png(folder.resolve(index + ".png"), draw(edge, edge, shapes(index), seed + index).getBufferedImage());
    }

    /** As a Pascal VOC folder with the splits train and val, every fourth image in the second. */
    public Path voc(Path folder) throws IOException {
        List<List<String>> splits = List.of(new ArrayList<>(), new ArrayList<>());
        Files.createDirectories(folder.resolve("Annotations"));
        for (int i = 0; i < images; i++) {
            image(folder.resolve("JPEGImages"), i);
            String objects = shapes(i).stream().map(shape -> "<object><name>" + shape.label() + "</name><bndbox><xmin>" + (shape.bounds().x + 1)
                + "</xmin><ymin>" + (shape.bounds().y + 1) + "</ymin><xmax>" + (int) shape.bounds().getMaxX() + "</xmax><ymax>"
                + (int) shape.bounds().getMaxY() + "</ymax></bndbox></object>").collect(Collectors.joining());
            Files.writeString(folder.resolve("Annotations").resolve(i + ".xml"), "<annotation><filename>" + i + ".png</filename>" + objects + "</annotation>");
            splits.get(i % 4 == 3 ? 1 : 0).add(Integer.toString(i));
        }
        Path lists = Files.createDirectories(folder.resolve("ImageSets/Main"));
        Files.write(lists.resolve("train.txt"), splits.get(0));
        Files.write(lists.resolve("val.txt"), splits.get(1));
        return folder;
    }

    /** As images with ROIs. */
    public Path rois(Path folder) throws IOException {
        for (int i = 0; i < images; i++) {
            image(folder.resolve("images"), i);
            List<Roi> rois = shapes(i).stream().map(shape -> {
                Roi roi = new Roi(shape.bounds());
                roi.setName(shape.label());
                return roi;
            }).toList();
            if (!rois.isEmpty()) {
                RoiFiles.write(folder.resolve("rois").resolve(i + ".png.zip"), rois);
            }
        }
        return folder;
    }

    /** As images with label images, each rectangle an object of its own. */
    public Path labels(Path folder) throws IOException {
        for (int i = 0; i < images; i++) {
            image(folder.resolve("images"), i);
            ByteProcessor labels = new ByteProcessor(edge, edge);
            int value = 0;
            for (Shape shape : shapes(i)) {
                labels.setValue(++value);
                labels.setRoi(shape.bounds());
                labels.fill();
            }
            TestImages.png(folder.resolve("labels").resolve(i + ".png"), labels.getBufferedImage());
        }
        return folder;
    }
}
