package io.github.lesionj.image;

/**
 * Resamples one plane bilinearly with antialiasing, as Pillow does with an image of mode F.
 *
 * <p>Rows first, then columns, each rounded to float32. (Pillow's 8-bit modes round to whole grey levels after each of
 * the two passes and so differ by up to one grey level.) A source row is read once, and only the result is held in
 * memory, so that the size of the source does not matter.
 */
final class Resampler {

    private Resampler() {
    }

    /** @return {@code view.down() * view.across()} values, row by row */
    static float[] resample(Rows rows, View view) {
        TriangleFilter horizontal = new TriangleFilter(view.width(), view.across());
        TriangleFilter vertical = new TriangleFilter(view.height(), view.down());
        double[] sums = new double[view.across() * view.down()];
        float[] row = new float[view.width()];
        float[] line = new float[view.across()];
        int open = 0;
        for (int y = 0; y < view.height(); y++) {
            rows.read(view.x(), view.y() + y, view.width(), row);
            horizontal.apply(row, line, 0);
            for (int i = open; i < view.down() && vertical.first(i) <= y; i++) {
                if (y < vertical.end(i)) {
                    add(line, vertical.weight(i, y), sums, i * line.length);
                }
            }
            while (open < view.down() && vertical.end(open) <= y + 1) {
                open++;
            }
        }
        return toFloats(sums);
    }

    private static void add(float[] line, double weight, double[] sums, int offset) {
        for (int x = 0; x < line.length; x++) {
            sums[offset + x] += line[x] * weight;
        }
    }

    private static float[] toFloats(double[] sums) {
        float[] values = new float[sums.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) sums[i];
        }
        return values;
    }
}
