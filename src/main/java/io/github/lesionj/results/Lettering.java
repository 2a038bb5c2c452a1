package io.github.lesionj.results;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Draws text with the machine's fonts, or with squares where Java finds none (a bare server without fontconfig). */
abstract class Lettering {

    /** Width of a text in px. */
    abstract double width(String text, int size, boolean bold);

    /** Draws a text from x on, standing on a base line, in the graphics' colour. */
    abstract void draw(Graphics2D graphics, String text, double x, double baseline, int size, boolean bold);

    /** Whether Java can draw with fonts here. */
    abstract boolean hasFonts();

    /** The best this machine has. */
    static Lettering best() {
        try {
            return new Fonts();
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            // Which of them is thrown depends on what is missing: fontconfig, a font, or the library that draws it.
            return new Squares();
        }
    }

    private static final class Fonts extends Lettering {

        private final Graphics2D probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();

        private Fonts() {
            draw(probe, "0", 0, 0, 10, false);
        }

        private static Font font(int size, boolean bold) {
            return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size);
        }

        @Override
        double width(String text, int size, boolean bold) {
            return probe.getFontMetrics(font(size, bold)).stringWidth(text);
        }

        @Override
        void draw(Graphics2D graphics, String text, double x, double baseline, int size, boolean bold) {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setFont(font(size, bold));
            graphics.drawString(text, (float) x, (float) baseline);
        }

        @Override
        boolean hasFonts() {
            return true;
        }
    }

    static final class Squares extends Lettering {

        // Whole squares: letters of 7, 14, 21 px.
        private static double height(int size) {
            return 7 * Math.max(1, Math.round(size * 0.7 / 7));
        }

        @Override
        double width(String text, int size, boolean bold) {
            return PixelFont.width(text, height(size));
        }

        @Override
        void draw(Graphics2D graphics, String text, double x, double baseline, int size, boolean bold) {
            graphics.fill(PixelFont.shape(text, Math.rint(x), Math.rint(baseline), height(size)));
        }

        @Override
        boolean hasFonts() {
            return false;
        }
    }
}
