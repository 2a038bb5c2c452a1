package io.github.lesionj.dataset;

/**
 * Moves an image about its centre: mirror, then zoom, then rotate, then shift; one bilinear resampling. What comes from
 * outside continues the edge pixels.
 *
 * @param angle   in radians, clockwise as one sees it
 * @param zoom    above 1 enlarges
 * @param shiftX  in px, to the right
 * @param shiftY  in px, down
 * @param mirrorX whether left and right change over
 * @param mirrorY whether top and bottom change over
 */
record AffineMap(double angle, double zoom, double shiftX, double shiftY, boolean mirrorX, boolean mirrorY) {

    boolean isIdentity() {
        return angle == 0 && zoom == 1 && shiftX == 0 && shiftY == 0 && !mirrorX && !mirrorY;
    }

    /** Resamples height * width * channels values in place, channel fastest. */
    void resample(float[] values, int offset, int height, int width, int channels) {
        float[] source = new float[height * width * channels];
        System.arraycopy(values, offset, source, 0, source.length);
        double cos = Math.cos(angle) / zoom;
        double sin = Math.sin(angle) / zoom;
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        int at = offset;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double x = column - centreX - shiftX;
                double y = row - centreY - shiftY;
                double fromX = cos * x + sin * y;
                double fromY = cos * y - sin * x;
                sample(source, height, width, channels, centreX + (mirrorX ? -fromX : fromX),
                    centreY + (mirrorY ? -fromY : fromY), values, at);
                at += channels;
            }
        }
    }

    private static void sample(float[] source, int height, int width, int channels, double x, double y, float[] values, int at) {
        double insideX = Math.max(0, Math.min(width - 1, x));
        double insideY = Math.max(0, Math.min(height - 1, y));
        int left = (int) insideX;
        int top = (int) insideY;
        float right = (float) (insideX - left);
        float down = (float) (insideY - top);
        int stepX = left + 1 < width ? channels : 0;
        int stepY = top + 1 < height ? width * channels : 0;
        int first = (top * width + left) * channels;
        for (int channel = 0; channel < channels; channel++, first++) {
            float upper = source[first] * (1 - right) + source[first + stepX] * right;
            float lower = source[first + stepY] * (1 - right) + source[first + stepX + stepY] * right;
            values[at + channel] = upper * (1 - down) + lower * down;
        }
    }
}
