package io.github.lesionj.results;

import io.github.lesionj.results.Region.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Closed lines along which a function has one value within a rectangle: marching squares (Lorensen and Cline 1987, in two
 * dimensions) with linear interpolation. Where the rectangle cuts a region, the line follows its border. The region lies
 * to the right of the line's direction, y downwards: outer lines run clockwise on the screen, those of holes against it.
 */
final class ContourTracer {

    // Edges of a cell: 0 top, 1 right, 2 bottom, 3 left. For each of the 16 cases of high corners (8 top left, 4 top right,
    // 2 bottom right, 1 bottom left): pairs from edge, to edge. Cases 5 and 10 are saddles with a low centre.
    private static final int[][] SEGMENTS = {{}, {3, 2}, {2, 1}, {3, 1}, {1, 0}, {1, 0, 3, 2}, {2, 0}, {3, 0}, {0, 3},
        {0, 2}, {0, 3, 2, 1}, {0, 1}, {1, 3}, {1, 2}, {2, 3}, {}};
    private static final int[] SADDLE_5_HIGH_CENTRE = {3, 0, 1, 2};
    private static final int[] SADDLE_10_HIGH_CENTRE = {0, 1, 2, 3};

    private final double[] xs;
    private final double[] ys;
    private final double[] values;
    private final double level;
    private final Map<Integer, Integer> next = new HashMap<>();

    private ContourTracer(double[] xs, double[] ys, double[] values, double level) {
        this.xs = xs;
        this.ys = ys;
        this.values = values;
        this.level = level;
    }

    /**
     * Traces where {@code function >= level}.
     *
     * @param function of x and y
     * @param xs       rising sample positions, at least two
     * @param ys       likewise
     */
    static List<List<Vertex>> trace(DoubleBinaryOperator function, double[] xs, double[] ys, double level) {
        double[] paddedX = padded(xs);
        double[] paddedY = padded(ys);
        double[] values = new double[paddedX.length * paddedY.length];
        for (int j = 0; j < paddedY.length; j++) {
            for (int i = 0; i < paddedX.length; i++) {
                boolean border = i == 0 || j == 0 || i == paddedX.length - 1 || j == paddedY.length - 1;
                values[j * paddedX.length + i] = border ? level - 1 : function.applyAsDouble(paddedX[i], paddedY[j]);
            }
        }
        ContourTracer tracer = new ContourTracer(paddedX, paddedY, values, level);
        tracer.march();
        return tracer.link();
    }

    // A low border of no width around the samples closes every line.
    private static double[] padded(double[] positions) {
        double[] padded = new double[positions.length + 2];
        System.arraycopy(positions, 0, padded, 1, positions.length);
        padded[0] = positions[0];
        padded[padded.length - 1] = positions[positions.length - 1];
        return padded;
    }

    private void march() {
        for (int j = 0; j + 1 < ys.length; j++) {
            for (int i = 0; i + 1 < xs.length; i++) {
                int[] segments = segments(i, j);
                for (int k = 0; k < segments.length; k += 2) {
                    next.put(edge(i, j, segments[k]), edge(i, j, segments[k + 1]));
                }
            }
        }
    }

    private int[] segments(int i, int j) {
        int corners = high(i, j, 8) | high(i + 1, j, 4) | high(i + 1, j + 1, 2) | high(i, j + 1, 1);
        if (corners == 5 || corners == 10) {
            double centre = (value(i, j) + value(i + 1, j) + value(i + 1, j + 1) + value(i, j + 1)) / 4;
            if (centre >= level) {
                return corners == 5 ? SADDLE_5_HIGH_CENTRE : SADDLE_10_HIGH_CENTRE;
            }
        }
        return SEGMENTS[corners];
    }

    private int high(int i, int j, int bit) {
        return value(i, j) >= level ? bit : 0;
    }

    private double value(int i, int j) {
        return values[j * xs.length + i];
    }

    // One number per edge of the lattice: twice the index of its upper or left node, plus 1 where it runs down.
    private int edge(int i, int j, int side) {
        return switch (side) {
            case 0 -> 2 * (j * xs.length + i);
            case 1 -> 2 * (j * xs.length + i + 1) + 1;
            case 2 -> 2 * ((j + 1) * xs.length + i);
            default -> 2 * (j * xs.length + i) + 1;
        };
    }

    private List<List<Vertex>> link() {
        List<List<Vertex>> rings = new ArrayList<>();
        while (!next.isEmpty()) {
            int start = next.keySet().iterator().next();
            List<Vertex> ring = new ArrayList<>();
            for (Integer edge = start; edge != null; edge = next.remove(edge)) {
                append(ring, crossing(edge));
            }
            close(ring);
            if (ring.size() > 2) {
                rings.add(ring);
            }
        }
        return rings;
    }

    private Vertex crossing(int edge) {
        int node = edge / 2;
        int i = node % xs.length;
        int j = node / xs.length;
        int i2 = edge % 2 == 0 ? i + 1 : i;
        int j2 = edge % 2 == 0 ? j : j + 1;
        double share = (level - value(i, j)) / (value(i2, j2) - value(i, j));
        return new Vertex(xs[i] + share * (xs[i2] - xs[i]), ys[j] + share * (ys[j2] - ys[j]));
    }

    private static void append(List<Vertex> ring, Vertex vertex) {
        int size = ring.size();
        if (size > 0 && ring.get(size - 1).equals(vertex)) {
            return;
        }
        if (size > 1 && onOneLine(ring.get(size - 2), ring.get(size - 1), vertex)) {
            ring.remove(size - 1);
        }
        ring.add(vertex);
    }

    private static void close(List<Vertex> ring) {
        while (ring.size() > 1 && ring.get(0).equals(ring.get(ring.size() - 1))) {
            ring.remove(ring.size() - 1);
        }
    }

    // Along the border: same x or same y.
    private static boolean onOneLine(Vertex a, Vertex b, Vertex c) {
        return a.x() == b.x() && b.x() == c.x() || a.y() == b.y() && b.y() == c.y();
    }
}
