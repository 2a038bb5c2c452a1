package io.github.lesionj.results;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Draws a {@link Legend} below a picture: title, colour bar with numbers, caption. */
final class LegendStrip {

    static final int NARROWEST = 480;
    private static final int SMALLEST_LETTERS = 15;
    private static final int LARGEST_LETTERS = 30;
    private static final int GROUND = 0x808080;
    static final Color PAPER = new Color(24, 24, 28);
    static final Color INK = new Color(238, 238, 238);

    private final Legend legend;
    private final Lettering lettering;
    private final int width;
    private final int size;
    private final List<String> caption;

    private LegendStrip(Legend legend, Lettering lettering, int pictureWidth) {
        this.legend = legend;
        this.lettering = lettering;
        this.width = Math.max(NARROWEST, pictureWidth);
        this.size = letters(width);
        this.caption = wrapped(legend.caption());
    }

    /** Height of letters below a picture of this width. */
    static int letters(int width) {
        return Math.max(SMALLEST_LETTERS, Math.min(LARGEST_LETTERS, width / 36));
    }

    /** A copy of a picture with the legend below it. */
    static BufferedImage extended(BufferedImage picture, Legend legend) {
        return extended(picture, legend, Lettering.best());
    }

    static BufferedImage extended(BufferedImage picture, Legend legend, Lettering lettering) {
        LegendStrip strip = new LegendStrip(legend, lettering, picture.getWidth());
        BufferedImage extended = new BufferedImage(strip.width, picture.getHeight() + strip.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = extended.createGraphics();
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, extended.getWidth(), extended.getHeight());
        graphics.drawImage(picture, 0, 0, null);
        strip.draw(graphics, extended, picture.getHeight());
        graphics.dispose();
        return extended;
    }

    private int margin() {
        return size;
    }

    private int line() {
        return size * 7 / 5;
    }

    private int height() {
        return margin() / 2 + line() * (title().size() + 2 + caption.size()) + size + margin();
    }

    private List<String> title() {
        return wrapped(legend.truth().isEmpty() ? legend.title() : legend.title() + "   " + legend.truth());
    }

    private void draw(Graphics2D graphics, BufferedImage picture, int top) {
        int y = top + margin() / 2;
        graphics.setColor(legend.color());
        graphics.fillRect(margin(), y + line() / 2 - size / 4, size * 3 / 4, size * 3 / 4);
        graphics.setColor(INK);
        for (String text : title()) {
            y += line();
            lettering.draw(graphics, text, margin() + (y == top + margin() / 2 + line() ? size * 5 / 4.0 : 0), y, size, true);
        }
        y += line() / 2;
        drawBar(graphics, picture, y);
        y += size + line();
        drawNumbers(graphics, y);
        y += line() / 4;
        for (String text : caption) {
            y += line();
            lettering.draw(graphics, text, margin(), y, size, false);
        }
    }

    // Colours as they look over mid grey, so that the bar shows what the picture shows.
    private void drawBar(Graphics2D graphics, BufferedImage picture, int top) {
        int length = width - 2 * margin();
        for (int x = 0; x < length; x++) {
            int color = legend.maximum() > 0 ? HeatColors.over(GROUND, (double) x / (length - 1)) : GROUND;
            for (int y = 0; y < size; y++) {
                picture.setRGB(margin() + x, top + y, color | 0xff000000);
            }
        }
        if (!Double.isNaN(legend.level())) {
            graphics.setColor(legend.color());
            graphics.fillRect(position(legend.level()) - 1, top - size / 4, 3, size + size / 2);
            graphics.setColor(INK);
        }
    }

    private int position(double value) {
        return margin() + (int) Math.round((width - 2 * margin() - 1) * value / legend.maximum());
    }

    private void drawNumbers(Graphics2D graphics, int baseline) {
        List<Double> values = legend.maximum() > 0
            ? List.of(0.0, legend.maximum() / 4, legend.maximum() / 2, legend.maximum() * 3 / 4, legend.maximum()) : List.of(0.0);
        for (double value : values) {
            String number = Numbers.brief(value);
            double length = lettering.width(number, size, false);
            double x = value == 0 ? margin() : position(value) - length / 2;
            lettering.draw(graphics, number, Math.min(x, width - margin() - length), baseline, size, false);
        }
    }

    // The title's first line begins behind the colour patch.
    private List<String> wrapped(String text) {
        double room = width - 3.3 * margin();
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String longer = line.length() == 0 ? word : line + " " + word;
            if (line.length() > 0 && lettering.width(longer, size, true) > room) {
                lines.add(line.toString());
                longer = word;
            }
            line.replace(0, line.length(), longer);
        }
        lines.add(line.toString());
        return lines;
    }
}
