package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import java.awt.Dimension;
import java.awt.Toolkit;

/** Enlarges how small images are shown; pixels are enlarged, never the image. */
final class CanvasZoom {

    /** Below it nobody can read a legend or tell what is on the image. */
    private static final int READABLE = 400;
    private static final double OF_SCREEN = 0.75;

    private CanvasZoom() {
    }

    /** Zooms in until the short edge is 400 px or the screen is full; on the event thread. */
    static void enlarge(ImagePlus image) {
        ImageCanvas canvas = image.getCanvas();
        while (Math.min(image.getWidth(), image.getHeight()) * canvas.getMagnification() < READABLE
                && fits(image, ImageCanvas.getHigherZoomLevel(canvas.getMagnification()))) {
            double before = canvas.getMagnification();
            canvas.zoomIn(canvas.getWidth() / 2, canvas.getHeight() / 2);
            if (canvas.getMagnification() <= before) {
                return;
            }
        }
    }

    private static boolean fits(ImagePlus image, double zoom) {
        Dimension screen = Toolkit.getDefaultToolkit().getScreenSize();
        return image.getWidth() * zoom <= screen.width * OF_SCREEN && image.getHeight() * zoom <= screen.height * OF_SCREEN;
    }
}
