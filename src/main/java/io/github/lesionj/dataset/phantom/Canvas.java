package io.github.lesionj.dataset.phantom;

/** A grey image to draw on, values in grey levels; points in px, the first pixel's centre at (0.5, 0.5). */
final class Canvas {

    final int width;
    final int height;
    final float[] values;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.values = new float[width * height];
    }

    /** A number for a pixel. */
    @FunctionalInterface
    interface Shape {
        double at(double x, double y);
    }

    /** Adds a shape's values within a rectangle around a point. */
    void add(double x, double y, double reach, Shape shape) {
        int left = Math.max(0, (int) Math.floor(x - reach));
        int right = Math.min(width - 1, (int) Math.ceil(x + reach));
        int bottom = Math.min(height - 1, (int) Math.ceil(y + reach));
        for (int row = Math.max(0, (int) Math.floor(y - reach)); row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                values[row * width + column] += shape.at(column + 0.5, row + 0.5);
            }
        }
    }

    /** A disc of even brightness with an edge about one px wide. */
    void disc(double x, double y, double radius, double contrast) {
        add(x, y, radius + 1, (px, py) -> contrast * edge(radius - Math.hypot(px - x, py - y)));
    }

    /** A ring with edges about one px wide. */
    void ring(double x, double y, double radius, double thickness, double contrast) {
        add(x, y, radius + thickness + 1,
            (px, py) -> contrast * edge(thickness / 2 - Math.abs(Math.hypot(px - x, py - y) - radius)));
    }

    /** 0 outside, 1 inside, linear within half a px of the edge: what a pixel sees of a sharp edge. */
    private static double edge(double inside) {
        return Math.max(0, Math.min(1, inside + 0.5));
    }

    /**
     * A line of changing width along points, even with sharp edges; where it overlaps itself it does not add up.
     *
     * @param points    x, y and half width of each point in px
     * @param contrasts at each point
     */
    void line(double[][] points, double[] contrasts) {
        Canvas drawn = new Canvas(width, height);
        for (int i = 0; i + 1 < points.length; i++) {
            drawn.segment(points[i], points[i + 1], contrasts[i], false);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += drawn.values[i];
        }
    }

    /** As {@link #line}, but brightest in the middle, and it replaces what is darker instead of adding to it. */
    void tube(double[][] points, double[] contrasts) {
        for (int i = 0; i + 1 < points.length; i++) {
            segment(points[i], points[i + 1], contrasts[i], true);
        }
    }

    private void segment(double[] from, double[] to, double contrast, boolean soft) {
        double half = Math.max(from[2], to[2]);
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double square = Math.max(1e-9, dx * dx + dy * dy);
        int bottom = Math.min(height - 1, (int) Math.ceil(Math.max(from[1], to[1]) + half + 1));
        int right = Math.min(width - 1, (int) Math.ceil(Math.max(from[0], to[0]) + half + 1));
        for (int row = Math.max(0, (int) (Math.min(from[1], to[1]) - half - 1)); row <= bottom; row++) {
            for (int column = Math.max(0, (int) (Math.min(from[0], to[0]) - half - 1)); column <= right; column++) {
                double px = column + 0.5 - from[0];
                double py = row + 0.5 - from[1];
                double along = Math.max(0, Math.min(1, (px * dx + py * dy) / square));
                double x = px - along * dx;
                double y = py - along * dy;
                double distance = Math.sqrt(x * x + y * y);
                double value = contrast * (soft ? Math.max(0, 1 - square(distance / (half + 0.5))) : edge(half - distance));
                int at = row * width + column;
                values[at] = (float) Math.max(values[at], value);
            }
        }
    }

    private static double square(double value) {
        return value * value;
    }

    /**
     * Adds smooth noise of one scale: normal numbers on a coarse grid, interpolated by cubic splines.
     *
     * @param cell      distance of grid points in px
     * @param deviation about the standard deviation of what is added, in grey levels
     */
    void addNoise(SeededRandom random, double cell, double deviation) {
        int columns = (int) Math.ceil(width / cell) + 4;
        int rows = (int) Math.ceil(height / cell) + 4;
        float[] grid = new float[columns * rows];
        // A cubic B-spline of white noise has 0.4794 of its deviation along one axis, on average.
        double scale = deviation / (0.4794 + 0.2);
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (float) (scale * random.gaussian());
        }
        double shiftX = random.between(0, 1);
        double shiftY = random.between(0, 1);
        float[] stretched = new float[rows * width];
        for (int column = 0; column < width; column++) {
            double place = (column + 0.5) / cell + shiftX;
            int first = (int) place;
            float[] weights = spline(place - first);
            for (int row = 0; row < rows; row++) {
                int at = row * columns + first;
                stretched[row * width + column] = weights[0] * grid[at] + weights[1] * grid[at + 1] + weights[2] * grid[at + 2]
                    + weights[3] * grid[at + 3];
            }
        }
        for (int row = 0; row < height; row++) {
            double place = (row + 0.5) / cell + shiftY;
            int first = (int) place;
            float[] weights = spline(place - first);
            int at = first * width;
            for (int column = 0; column < width; column++, at++) {
                values[row * width + column] += weights[0] * stretched[at] + weights[1] * stretched[at + width]
                    + weights[2] * stretched[at + 2 * width] + weights[3] * stretched[at + 3 * width];
            }
        }
    }

    /** Weights of the cubic B-spline. */
    private static float[] spline(double t) {
        double s = 1 - t;
        return new float[] {(float) (s * s * s / 6), (float) ((3 * t * t * t - 6 * t * t + 4) / 6),
            (float) ((3 * s * s * s - 6 * s * s + 4) / 6), (float) (t * t * t / 6)};
    }
}
