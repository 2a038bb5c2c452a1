package io.github.lesionj.dataset;

/**
 * An image that waits for a training, with 16 bits for a value: half of what single precision needs, and 256 times finer than what an
 * 8-bit image holds.
 *
 * @param width    px
 * @param height   px
 * @param channels number of them
 * @param values   height * width * channels, channel fastest, as unsigned steps above {@code low}
 * @param low      the least value
 * @param step     between neighbouring values
 * @param fullWidth  of the image that it was made of, px: where its boxes are
 * @param fullHeight likewise
 */
record KeptImage(int width, int height, int channels, short[] values, float low, float step, int fullWidth, int fullHeight) {

    private static final int LEVELS = 65535;

    static KeptImage of(float[] values, int width, int height, int channels, int fullWidth, int fullHeight) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        float step = (high - low) / LEVELS;
        short[] kept = new short[values.length];
        for (int i = 0; step > 0 && i < kept.length; i++) {
            kept[i] = (short) Math.round((values[i] - low) / step);
        }
        return new KeptImage(width, height, channels, kept, low, step, fullWidth, fullHeight);
    }

    float value(int index) {
        return low + step * (values[index] & 0xffff);
    }

    /** Bytes that it takes. */
    long bytes() {
        return 2L * values.length;
    }
}
