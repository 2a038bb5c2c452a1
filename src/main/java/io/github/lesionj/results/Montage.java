package io.github.lesionj.results;

import io.github.lesionj.geometry.Box;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** Pictures of one size in rows of four, each with a line of text below it. */
public final class Montage {

    private static final int COLUMNS = 4;
    private static final int SHORT_EDGE = 160;
    private static final int GAP = 8;
    private static final int LETTERS = 15;
    private static final int LINE = 22;
    private static final Color PAPER = new Color(24, 24, 28);
    private static final Color INK = new Color(238, 238, 238);

    /**
     * One of them.
     *
     * @param values   height * width * channels, channel fastest, 0..1 from black to white; what lies outside is clipped
     * @param channels one is grey, two are red and green, of more the first three are red, green and blue
     * @param text     below it; cut where it is too long
     * @param frames   drawn over it
     */
    public record Tile(float[] values, int height, int width, int channels, String text, List<Frame> frames) {

        /** Without frames. */
        public Tile(float[] values, int height, int width, int channels, String text) {
            this(values, height, width, channels, text, List.of());
        }
    }

    /** A rectangle in px of its tile, and its colour. */
    public record Frame(Box box, Color color) {
    }

    private Montage() {
    }

    /** Draws tiles, all of one size; small ones are enlarged by a whole factor. */
    public static BufferedImage draw(List<Tile> tiles) {
        int factor = Math.max(1, (SHORT_EDGE + tiles.get(0).height() - 1) / tiles.get(0).height());
        int width = tiles.get(0).width() * factor;
        int height = tiles.get(0).height() * factor;
        int rows = (tiles.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage picture = new BufferedImage(GAP + COLUMNS * (width + GAP), GAP + rows * (height + LINE + GAP),
            BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setColor(INK);
        Lettering lettering = Lettering.best();
        for (int i = 0; i < tiles.size(); i++) {
            int left = GAP + i % COLUMNS * (width + GAP);
            int top = GAP + i / COLUMNS * (height + LINE + GAP);
            paint(tiles.get(i), factor, picture, left, top);
            frame(tiles.get(i), factor, graphics, left, top);
            graphics.setColor(INK);
            lettering.draw(graphics, fitting(tiles.get(i).text(), width, lettering), left, top + height + LINE - 6, LETTERS, false);
        }
        graphics.dispose();
        return picture;
    }

    private static String fitting(String text, int width, Lettering lettering) {
        String shown = text;
        for (int cut = text.length() - 1; cut > 0 && lettering.width(shown, LETTERS, false) > width; cut--) {
            shown = text.substring(0, cut) + "...";
        }
        return shown;
    }

    private static void paint(Tile tile, int factor, BufferedImage picture, int left, int top) {
        for (int y = 0; y < tile.height() * factor; y++) {
            for (int x = 0; x < tile.width() * factor; x++) {
                picture.setRGB(left + x, top + y, color(tile, (y / factor * tile.width() + x / factor) * tile.channels()));
            }
        }
    }

    private static void frame(Tile tile, int factor, Graphics2D graphics, int left, int top) {
        for (Frame frame : tile.frames()) {
            graphics.setColor(frame.color());
            Box box = frame.box();
            int x = left + (int) Math.round(factor * box.x0());
            int y = top + (int) Math.round(factor * box.y0());
            graphics.drawRect(x, y, (int) Math.round(factor * box.width()) - 1, (int) Math.round(factor * box.height()) - 1);
        }
    }

    private static int color(Tile tile, int from) {
        int red = level(tile.values()[from]);
        int green = tile.channels() > 1 ? level(tile.values()[from + 1]) : red;
        int blue = tile.channels() == 1 ? red : tile.channels() == 2 ? 0 : level(tile.values()[from + 2]);
        return red << 16 | green << 8 | blue;
    }

    private static int level(float value) {
        return Float.isNaN(value) ? 0 : Math.round(255 * Math.max(0, Math.min(1, value)));
    }

    /** Draws tiles into a PNG. */
    public static void write(Path file, List<Tile> tiles) {
        PngFile.write(file, draw(tiles));
    }
}
