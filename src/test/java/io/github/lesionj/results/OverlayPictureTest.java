package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.image.Placement;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.image.SourceImage;
import java.awt.Color;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the written PNG back: the hottest pixel lies in the lesion that the map was made from. */
class OverlayPictureTest {

    private static final int CELLS = 14;

    @TempDir
    Path folder;

    /** Three sizes, three ways to the network's input, nine places. */
    static List<Arguments> lesions() {
        List<Arguments> cases = new ArrayList<>();
        for (int[] size : new int[][] {{300, 180}, {170, 410}, {28, 40}, {2000, 1500}}) {
            for (ResizeRule rule : ResizeRule.values()) {
                cases.add(Arguments.of(size[0], size[1], rule));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("lesions")
    void hottestPixelLiesInTheLesion(int width, int height, ResizeRule rule) throws IOException {
        double side = seenSide(width, height, rule);
        double seenWidth = rule == ResizeRule.CROP ? side : width;
        double seenHeight = rule == ResizeRule.CROP ? side : height;
        double radius = Math.max(seenWidth, seenHeight) / CELLS * 0.75;
        for (int place = 0; place < 9; place += width == 2000 ? 4 : 1) {
            double x = width / 2.0 + seenWidth * 0.37 * (place % 3 - 1);
            double y = height / 2.0 + seenHeight * 0.37 * (place / 3 - 1);
            Point hottest = hottest(write(width, height, rule, x, y, radius, place), width, height);
            double scale = scale(width, height);
            double distance = Math.hypot((hottest.x + 0.5) / scale - x, (hottest.y + 0.5) / scale - y);
            assertTrue(distance <= radius, rule + " place " + place + ": " + distance + " px away, lesion " + radius);
        }
    }

    // By hand: 2000 x 1500 is reduced to 1600 x 1200, 170 x 410 may only be enlarged to 510 x 1230.
    private static double scale(int width, int height) {
        return width == 2000 ? 0.8 : width == 170 ? 3 : width == 300 ? 3 : 19;
    }

    private static double seenSide(int width, int height, ResizeRule rule) {
        return rule == ResizeRule.CROP ? Math.min(width, height) : Math.max(width, height);
    }

    private BufferedImage write(int width, int height, ResizeRule rule, double x, double y, double radius, int place) throws IOException {
        double side = seenSide(width, height, rule);
        Placement placement = rule == ResizeRule.STRETCH ? new Placement(0, 0, width, height)
            : new Placement((width - side) / 2, (height - side) / 2, side, side);
        HeatMap map = new HeatMap(new Explanation(Explanation.Kind.ATTENTION, "lesion", 0.9, CELLS, CELLS,
            networkView(width, height, rule, x, y, radius), placement, Explanation.Extent.of(width, height)));
        List<Region> regions = AttentionRegions.outline(map).stream().toList();
        Path file = folder.resolve(place + ".png");
        OverlayPicture.write(file, Thumbnail.of(image(width, height, 0)), row(), map, regions, ClassColors.of(List.of("lesion"), "lesion"));
        return ImageIO.read(file.toFile());
    }

    // What a network would see: the lesion's place carried through the resize by its own arithmetic, in cells of the input.
    private static float[] networkView(int width, int height, ResizeRule rule, double x, double y, double radius) {
        double scaleX = (double) CELLS / width;
        double scaleY = (double) CELLS / height;
        double shiftX = 0;
        double shiftY = 0;
        if (rule == ResizeRule.LETTERBOX) {
            scaleX = scaleY = (double) CELLS / Math.max(width, height);
            shiftX = (CELLS - width * scaleX) / 2;
            shiftY = (CELLS - height * scaleY) / 2;
        } else if (rule == ResizeRule.CROP) {
            int edge = Math.min(width, height);
            scaleX = scaleY = (double) CELLS / edge;
            shiftX = -(width - edge) / 2.0 * scaleX;
            shiftY = -(height - edge) / 2.0 * scaleY;
        }
        float[] values = new float[CELLS * CELLS];
        for (int row = 0; row < CELLS; row++) {
            for (int column = 0; column < CELLS; column++) {
                double dx = (column + 0.5 - (x * scaleX + shiftX)) / (radius * scaleX);
                double dy = (row + 0.5 - (y * scaleY + shiftY)) / (radius * scaleY);
                values[row * CELLS + column] = (float) Math.exp(-(dx * dx + dy * dy) / 2);
            }
        }
        return values;
    }

    // On a black image the warm colours' strength grows with the value; the outline is blue.
    private static Point hottest(BufferedImage picture, int width, int height) {
        int bottom = (int) (scale(width, height) * height);
        Point best = new Point();
        int strongest = Integer.MIN_VALUE;
        for (int y = 0; y < bottom; y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                Color color = new Color(picture.getRGB(x, y));
                int strength = color.getRed() + color.getGreen() - color.getBlue();
                if (strength > strongest) {
                    strongest = strength;
                    best = new Point(x, y);
                }
            }
        }
        return best;
    }

    private static SourceImage image(int width, int height, int grey) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) grey);
        return new SourceImage(ArrayImgs.unsignedBytes(pixels, width, height, 1), SourceImage.Kind.GREY, 255,
            new double[] {Double.NaN, Double.NaN}, List.of());
    }

    private static Classification row() {
        return new Classification(ItemKey.of("x.png"), List.of("lesion"), 0.9, List.of(0.9), null, null);
    }

    private static HeatMap uniform(float value, Placement placement, int width, int height) {
        return new HeatMap(new Explanation(Explanation.Kind.CAM, "lesion", 0.9, 1, 1, new float[] {value}, placement,
            Explanation.Extent.of(width, height)));
    }

    @Test
    void marksWhatTheCropLeftOut() {
        HeatMap map = uniform(0, new Placement(100, 0, 600, 600), 800, 600);
        BufferedImage picture = OverlayPicture.paint(Thumbnail.of(image(800, 600, 200)), row(), map, List.of(), Color.RED);
        assertEquals(0xc8c8c8, picture.getRGB(400, 300) & 0xffffff, "seen, map of 0: as it was");
        assertEquals(0x6e6e6e, picture.getRGB(55, 300) & 0xffffff, "not seen: darkened to 55 %");
        assertEquals(0x909090, picture.getRGB(6, 8) & 0xffffff, "not seen: hatched where x + y is 0 or 1 of 14");
        assertEquals(0xc8c8c8, picture.getRGB(100, 300) & 0xffffff);
        assertEquals(0xc8c8c8, picture.getRGB(699, 300) & 0xffffff);
        assertTrue((picture.getRGB(99, 300) & 0xffffff) != 0xc8c8c8);
        assertTrue((picture.getRGB(701, 300) & 0xffffff) != 0xc8c8c8);
        assertTrue(Legend.of(row(), map, List.of(), Color.RED).caption().contains("not seen"));
    }

    @Test
    void aMapThatPointsAtNothingLeavesTheImage() {
        HeatMap map = uniform(-3, new Placement(0, 0, 600, 600), 600, 600);
        assertTrue(AttentionRegions.outline(map).isEmpty());
        BufferedImage picture = OverlayPicture.paint(Thumbnail.of(image(600, 600, 77)), row(), map, List.of(), Color.RED);
        assertEquals(0x4d4d4d, picture.getRGB(300, 300) & 0xffffff);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void picturesHaveReadableSizes(int width, int height, int pictureWidth, int pictureHeight) {
        Thumbnail thumbnail = Thumbnail.of(image(width, height, 1));
        assertEquals(pictureWidth, thumbnail.picture().getWidth());
        assertEquals(pictureHeight, thumbnail.picture().getHeight());
    }

    static List<Arguments> sizes() {
        return List.of(Arguments.of(28, 28, 532, 532), Arguments.of(1, 1, 512, 512), Arguments.of(224, 224, 672, 672),
            Arguments.of(4000, 2000, 1600, 800), Arguments.of(512, 600, 512, 600), Arguments.of(28, 1000, 28, 1000),
            Arguments.of(5000, 1, 1600, 1), Arguments.of(100, 400, 400, 1600));
    }

    @Test
    void readsWithoutFontsToo() throws IOException {
        Legend legend = new Legend("Pneumonia 0.97", "(truth: normal)", Color.CYAN, 0.86, 0.43, "Attention. Line: 0.43, 50 % of the maximum.");
        BufferedImage strip = LegendStrip.extended(new BufferedImage(512, 4, BufferedImage.TYPE_INT_RGB), legend, new Lettering.Squares());
        int ink = 0;
        for (int y = 4; y < strip.getHeight(); y++) {
            for (int x = 0; x < strip.getWidth(); x++) {
                ink += (strip.getRGB(x, y) & 0xffffff) == 0xeeeeee ? 1 : 0;
            }
        }
        assertTrue(ink > 1000, "only " + ink + " px of ink");
    }

    @Test
    void lettersAreLegible() {
        assertEquals(List.of("#...#", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"), art("h"));
        assertEquals(List.of(".###.", "#...#", "....#", "...#.", "..#..", ".#...", "#####"), art("2"));
    }

    private static List<String> art(String text) {
        java.awt.geom.Path2D shape = PixelFont.shape(text, 0, 7, 7);
        List<String> rows = new ArrayList<>();
        for (int y = 0; y < 7; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < 5; x++) {
                row.append(shape.contains(x + 0.5, y + 0.5) ? '#' : '.');
            }
            rows.add(row.toString());
        }
        return rows;
    }
}
