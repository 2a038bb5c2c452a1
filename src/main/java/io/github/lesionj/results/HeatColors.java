package io.github.lesionj.results;

/**
 * Colours of a heat map: dark violet over red and orange to pale yellow, lightness rising evenly, so that it reads in
 * print and by people who do not tell red from green; nothing is drawn over the lowest fifth.
 */
final class HeatColors {

    /** Values below this share of the maximum leave the image as it is. */
    static final double TRANSPARENT_BELOW = 0.2;
    /** As above, where opacity is one number for the whole map and a weak value would show as strongly as any other. */
    static final double HIDDEN_BELOW = 0.3;
    private static final double FULL_FROM = 0.7;
    private static final double OPACITY = 0.65;

    private static final int STEPS = 256;
    private static final int[][] ANCHORS = {{22, 10, 70}, {112, 24, 128}, {198, 52, 88}, {246, 132, 24}, {252, 244, 132}};

    private static final int[] TABLE = table();

    private HeatColors() {
    }

    private static int[] table() {
        int[] table = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double position = (double) i / (STEPS - 1) * (ANCHORS.length - 1);
            int anchor = Math.min((int) position, ANCHORS.length - 2);
            table[i] = mix(ANCHORS[anchor], ANCHORS[anchor + 1], position - anchor);
        }
        return table;
    }

    private static int mix(int[] from, int[] to, double share) {
        int rgb = 0;
        for (int k = 0; k < 3; k++) {
            rgb = rgb << 8 | (int) Math.round(from[k] + share * (to[k] - from[k]));
        }
        return rgb;
    }

    /**
     * Colour of a value.
     *
     * @param share of the maximum; clipped to 0..1
     * @return 0xRRGGBB
     */
    static int rgb(double share) {
        return TABLE[(int) (Math.max(0, Math.min(1, share)) * (STEPS - 1) + 0.5)];
    }

    /** Opacity of a value, 0..1: nothing for low values, rising to about two thirds. */
    static double opacity(double share) {
        return OPACITY * Math.max(0, Math.min(1, (share - TRANSPARENT_BELOW) / (FULL_FROM - TRANSPARENT_BELOW)));
    }

    /** A pixel with a value's colour laid over it; both 0xRRGGBB. */
    static int over(int pixel, double share) {
        return share <= TRANSPARENT_BELOW ? pixel : blend(pixel, rgb(share), opacity(share));
    }

    /** Two pixels mixed, 0xRRGGBB; opacity in steps of 1/256. */
    static int blend(int below, int above, double opacity) {
        int weight = (int) (opacity * 256 + 0.5);
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = below >> shift & 0xff;
            int b = above >> shift & 0xff;
            rgb |= a * 256 + weight * (b - a) + 128 >> 8 << shift;
        }
        return rgb;
    }
}
