package io.github.lesionj.image;

import io.github.lesionj.core.UsageException;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image whose values name what each pixel belongs to: 0 is background. Immutable. */
public final class LabelImage {

    private static final double LARGEST = 1 << 24;

    private final int width;
    private final int height;
    private final int[] values;

    /**
     * A part of it.
     *
     * @param value  of its pixels, above 0
     * @param bounds in px
     * @param pixels how many it has
     */
    public record Labelled(int value, Rectangle bounds, int pixels) {
    }

    private LabelImage(int width, int height, int[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /**
     * Reads the values of a file, which holds one image.
     *
     * @throws UsageException where it holds several, or no labels
     */
    public static LabelImage read(Path file, ImageFiles files) {
        try (ImageSource source = files.open(file)) {
            List<Position> positions = source.positions(1, 0);
            if (positions.size() != 1) {
                throw new UsageException("The label image " + file + " is a stack of " + positions.size() + " images, but it must be one.");
            }
            return of(source.image(positions.get(0)), file.toString());
        }
    }

    /**
     * Reads the values.
     *
     * @throws UsageException where there is more than one channel, or a value is negative, broken or no number
     */
    public static LabelImage of(SourceImage image, String name) {
        if (image.channels() != 1) {
            throw new UsageException("The label image " + name + " has " + image.channels()
                + " channels (colours?), but it needs one, with a number for each object: save it as 8 or 16 bit grey.");
        }
        RowReader reader = RowReader.of(ChannelViews.split(image.pixels()).get(0));
        int[] values = new int[image.width() * image.height()];
        float[] row = new float[image.width()];
        for (int y = 0; y < image.height(); y++) {
            reader.read(0, y, row.length, row);
            for (int x = 0; x < row.length; x++) {
                if (!(row[x] >= 0 && row[x] < LARGEST && row[x] == Math.rint(row[x]))) {
                    throw new UsageException("The label image " + name + " has the value " + row[x] + " at " + x + ", " + y
                        + ", but labels are whole numbers from 0.");
                }
                values[y * row.length + x] = (int) row[x];
            }
        }
        return new LabelImage(image.width(), image.height(), values);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /**
     * Refuses an image of another size than the labels.
     *
     * @param name of the label image
     */
    public void checkSize(int imageWidth, int imageHeight, String name) {
        if (width != imageWidth || height != imageHeight) {
            throw new UsageException("The label image " + name + " has " + width + " x " + height + " px, but its image " + imageWidth + " x "
                + imageHeight + ".");
        }
    }

    /** One part for each value above 0, wherever its pixels lie; by value. */
    public List<Labelled> byValue() {
        Map<Integer, Part> parts = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                parts.computeIfAbsent(values[i], value -> new Part()).add(i % width, i / width);
            }
        }
        return parts.entrySet().stream().map(part -> part.getValue().labelled(part.getKey())).toList();
    }

    /** The connected parts of equal value above 0, corners connect; by their first pixel, row by row. */
    public List<Labelled> connected() {
        List<Labelled> parts = new ArrayList<>();
        boolean[] taken = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0 && !taken[i]) {
                parts.add(flood(i, taken).labelled(values[i]));
            }
        }
        return parts;
    }

    private Part flood(int start, boolean[] taken) {
        Part part = new Part();
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
        taken[start] = true;
        while (!open.isEmpty()) {
            int at = open.pop();
            part.add(at % width, at / width);
            for (int y = Math.max(0, at / width - 1); y <= Math.min(height - 1, at / width + 1); y++) {
                for (int x = Math.max(0, at % width - 1); x <= Math.min(width - 1, at % width + 1); x++) {
                    int neighbour = y * width + x;
                    if (!taken[neighbour] && values[neighbour] == values[start]) {
                        taken[neighbour] = true;
                        open.push(neighbour);
                    }
                }
            }
        }
        return part;
    }

    /** Pixels that belong together. */
    private static final class Part {

        private final Rectangle bounds = new Rectangle(-1, -1);
        private int pixels;

        // Rectangle.add takes a point as a corner of the next pixel.
        void add(int x, int y) {
            bounds.add(new Rectangle(x, y, 1, 1));
            pixels++;
        }

        Labelled labelled(int value) {
            return new Labelled(value, bounds, pixels);
        }
    }
}
