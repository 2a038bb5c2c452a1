package io.github.lesionj.image;

import io.github.lesionj.core.UsageException;
import java.awt.Rectangle;
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
     */
    public record Labelled(int value, Rectangle bounds) {
    }

    private LabelImage(int width, int height, int[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
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

    /** One part for each value above 0, wherever its pixels lie; by value. */
    public List<Labelled> byValue() {
        Map<Integer, Rectangle> bounds = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                grow(bounds.computeIfAbsent(values[i], value -> new Rectangle(-1, -1)), i);
            }
        }
        return bounds.entrySet().stream().map(part -> new Labelled(part.getKey(), part.getValue())).toList();
    }

    // Rectangle.add takes a point as a corner of the next pixel.
    private void grow(Rectangle bounds, int index) {
        bounds.add(new Rectangle(index % width, index / width, 1, 1));
    }

    /** The connected parts of equal value above 0, corners connect; by their first pixel, row by row. */
    public List<Labelled> connected() {
        List<Labelled> parts = new ArrayList<>();
        boolean[] taken = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0 && !taken[i]) {
                parts.add(new Labelled(values[i], flood(i, taken)));
            }
        }
        return parts;
    }

    private Rectangle flood(int start, boolean[] taken) {
        Rectangle bounds = new Rectangle(-1, -1);
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
        taken[start] = true;
        while (!open.isEmpty()) {
            int at = open.pop();
            grow(bounds, at);
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
        return bounds;
    }
}
