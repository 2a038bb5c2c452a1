package io.github.lesionj.cli;

import ij.IJ;
import ij.gui.Roi;
import ij.process.LUT;
import java.awt.Color;
import java.io.File;
import java.lang.reflect.Field;

/**
 * Colours for ImageJ's groups of ROIs where its folder of lookup tables is missing, as beside a bare {@code ij.jar}: it would
 * write a complaint to standard output, among what a macro prints.
 */
final class GroupColors {

    private static final int SIZE = 256;
    /** The golden section takes each hue far from those before. */
    private static final float STEP = 0.618034f;

    private GroupColors() {
    }

    static void provide() {
        if (new File(IJ.getDir("luts"), "glasbey.lut").exists()) {
            return;
        }
        try {
            Field table = Roi.class.getDeclaredField("glasbeyLut");
            table.setAccessible(true);
            table.set(null, hues());
        } catch (ReflectiveOperationException e) {
            // another version of ImageJ: it complains, and goes on
            IJ.showStatus("No colours for groups of ROIs");
        }
    }

    private static LUT hues() {
        byte[][] channels = new byte[3][SIZE];
        for (int i = 0; i < SIZE; i++) {
            int rgb = Color.HSBtoRGB(i * STEP % 1, 0.7f, 0.95f);
            channels[0][i] = (byte) (rgb >> 16);
            channels[1][i] = (byte) (rgb >> 8);
            channels[2][i] = (byte) rgb;
        }
        return new LUT(channels[0], channels[1], channels[2]);
    }
}
