package io.github.lesionj.image;

import java.util.Arrays;

/**
 * What a lookup table means for the pixel values below it.
 *
 * <p>A table only says how values are drawn, so values are used where it is grey (inverted: from white to black) or goes
 * from black to one colour. A scale of colours (Fire, Spectrum, HiLo) shows something else than the values, and one cannot
 * tell which of the two is meant: that is refused. A table that jumps from entry to entry is a palette: then the colours
 * are the image.
 */
enum Lookup {
    GREY, INVERTED_GREY, ONE_COLOUR, COLOUR_SCALE, PALETTE;

    // Fire, Ice and Spectrum change by less than 10 levels from entry to entry; HiLo jumps twice, a palette of 256 colours
    // more than a hundred times.
    private static final int JUMP = 24;
    private static final int JUMPS_OF_A_PALETTE = 32;

    /** Tells what a table is from its entries for red, green and blue. */
    static Lookup of(byte[] red, byte[] green, byte[] blue) {
        int[][] levels = new int[red.length][];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new int[] {red[i] & 0xff, green[i] & 0xff, blue[i] & 0xff};
        }
        if (isGrey(levels) && falls(levels)) {
            return INVERTED_GREY;
        }
        if (isOneColour(levels)) {
            return isGrey(levels) ? GREY : ONE_COLOUR;
        }
        return jumps(levels) > JUMPS_OF_A_PALETTE ? PALETTE : COLOUR_SCALE;
    }

    /** Whether a table's colours are all grey. */
    static boolean isGrey(byte[] red, byte[] green, byte[] blue) {
        return Arrays.equals(red, green) && Arrays.equals(green, blue);
    }

    private static boolean isGrey(int[][] levels) {
        for (int[] level : levels) {
            if (level[0] != level[1] || level[1] != level[2]) {
                return false;
            }
        }
        return true;
    }

    private static boolean falls(int[][] levels) {
        for (int i = 1; i < levels.length; i++) {
            if (levels[i][0] > levels[i - 1][0]) {
                return false;
            }
        }
        return levels[0][0] > levels[levels.length - 1][0];
    }

    // Never darker than the entry before, and always in the proportions of the last entry.
    private static boolean isOneColour(int[][] levels) {
        int[] last = levels[levels.length - 1];
        int peak = brightest(last);
        for (int i = 0; i < levels.length; i++) {
            int bright = brightest(levels[i]);
            if (i > 0 && bright < brightest(levels[i - 1])) {
                return false;
            }
            for (int c = 0; c < 3; c++) {
                if (Math.abs(levels[i][c] - (peak == 0 ? 0 : (double) last[c] * bright / peak)) > 2) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int brightest(int[] level) {
        return Math.max(level[0], Math.max(level[1], level[2]));
    }

    private static int jumps(int[][] levels) {
        int jumps = 0;
        for (int i = 1; i < levels.length; i++) {
            int[] a = levels[i - 1];
            int[] b = levels[i];
            int step = Math.max(Math.abs(a[0] - b[0]), Math.max(Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2])));
            jumps += step > JUMP ? 1 : 0;
        }
        return jumps;
    }
}
