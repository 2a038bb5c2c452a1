package io.github.lesionj.results;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Draws below a picture how many boxes of each class it has: for each class a patch of its colour, its name and its number. */
final class CountStrip {

    private final Lettering lettering;
    private final int width;
    private final int size;
    private final String title;
    private final List<Entry> entries = new ArrayList<>();
    private int lines;

    /** A class, and where its patch stands: px from the left, and line from 0. */
    private record Entry(int label, String text, double x, int line) {
    }

    private CountStrip(Detections found, Lettering lettering, int pictureWidth) {
        this.lettering = lettering;
        this.width = Math.max(LegendStrip.NARROWEST, pictureWidth);
        this.size = LegendStrip.letters(width);
        int boxes = found.boxes().size();
        this.title = boxes == 0 ? "Nothing found" : boxes + (boxes == 1 ? " box" : " boxes");
        arrange(found);
    }

    private void arrange(Detections found) {
        int[] counts = found.counts();
        double x = size;
        for (int label = 0; label < counts.length; label++) {
            String text = found.classNames().get(label) + " " + counts[label];
            double length = size * 2.5 + lettering.width(text, size, false);
            if (x > size && x + length > width) {
                x = size;
                lines++;
            }
            entries.add(new Entry(label, text, x, lines));
            x += length;
        }
        lines++;
    }

    /** A copy of a picture with the numbers below it. */
    static BufferedImage extended(BufferedImage picture, Detections found, Lettering lettering) {
        CountStrip strip = new CountStrip(found, lettering, picture.getWidth());
        BufferedImage extended = new BufferedImage(strip.width, picture.getHeight() + strip.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = extended.createGraphics();
        graphics.setColor(LegendStrip.PAPER);
        graphics.fillRect(0, 0, extended.getWidth(), extended.getHeight());
        graphics.drawImage(picture, 0, 0, null);
        strip.draw(graphics, picture.getHeight());
        graphics.dispose();
        return extended;
    }

    private int line() {
        return size * 3 / 2;
    }

    private int height() {
        return line() * (lines + 1) + size;
    }

    private void draw(Graphics2D graphics, int top) {
        graphics.setColor(LegendStrip.INK);
        lettering.draw(graphics, title, size, top + line(), size, true);
        for (Entry entry : entries) {
            int baseline = top + line() * (entry.line() + 2);
            graphics.setColor(ClassColors.of(entry.label()));
            graphics.fillRect((int) entry.x(), baseline - size * 3 / 4, size * 3 / 4, size * 3 / 4);
            graphics.setColor(LegendStrip.INK);
            lettering.draw(graphics, entry.text(), entry.x() + size * 5 / 4.0, baseline, size, false);
        }
    }
}
