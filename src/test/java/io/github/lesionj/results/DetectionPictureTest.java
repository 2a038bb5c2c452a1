package io.github.lesionj.results;

import static io.github.lesionj.results.SampleBoxes.box;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.geometry.ScoredBox;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionPictureTest {

    private static final List<String> CLASSES = List.of("a", "b", "c");

    @TempDir
    private Path folder;

    /** A grey image of 1280 px, shown at a scale. */
    private static Thumbnail grey(double scale) {
        BufferedImage picture = new BufferedImage(1280, 1000, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 1000; y++) {
            for (int x = 0; x < 1280; x++) {
                picture.setRGB(x, y, 0x606060);
            }
        }
        return new Thumbnail(picture, scale, scale);
    }

    private static BufferedImage paint(double scale, ScoredBox... boxes) {
        Detections found = new Detections(ItemKey.of("x"), (int) (1280 / scale), (int) (1000 / scale), CLASSES, List.of(boxes));
        return DetectionPicture.paint(grey(scale), found, new Lettering.Squares());
    }

    private static Color at(BufferedImage picture, int x, int y) {
        return new Color(picture.getRGB(x, y));
    }

    /** Px of exactly a colour within a part of the picture. */
    private static int count(BufferedImage picture, Color color, int x0, int y0, int x1, int y1) {
        int count = 0;
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                count += at(picture, x, y).equals(color) ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void linesLieWithinTheBoxInTheColourOfTheClass() {
        BufferedImage picture = paint(2, box(100, 80, 200, 180, 1, 0.9));
        Color color = ClassColors.of(1);
        for (int[] point : new int[][] {{200, 300}, {399, 300}, {300, 160}, {300, 359}}) {
            assertEquals(color, at(picture, point[0], point[1]));
        }
        // A halo outside, the image beyond it and inside.
        assertTrue(at(picture, 199, 300).getRed() < 0x60);
        assertEquals(new Color(0x606060), at(picture, 190, 300));
        assertEquals(new Color(0x606060), at(picture, 300, 260));
    }

    @Test
    void aBoxAtTheEdgeIsSeenOnAllSides() {
        BufferedImage picture = paint(1, box(0, 0, 1280, 1000, 2, 0.9));
        for (int[] point : new int[][] {{0, 500}, {1279, 500}, {640, 0}, {640, 999}}) {
            assertEquals(ClassColors.of(2), at(picture, point[0], point[1]));
        }
    }

    @Test
    void boxesOfAPixelOnAHugeImageAreSeen() {
        BufferedImage picture = paint(0.064, box(10_000, 7_000, 10_004, 7_004, 0, 0.9));
        // Its middle is 640.13, 448.13: a frame of 6 px, 20 px long in all.
        assertEquals(20, count(picture, ClassColors.of(0), 636, 444, 645, 453));
        assertEquals(0, count(picture, ClassColors.of(0), 0, 0, 630, 1000));
    }

    @Test
    void scoresStandWhereThereIsRoomAndOnlyThere() {
        // Only the flag of a score is filled with the colour.
        BufferedImage roomy = paint(1, box(300, 300, 400, 400, 0, 0.87));
        assertTrue(count(roomy, ClassColors.of(0), 304, 304, 330, 312) > 26 * 8 / 4);
        BufferedImage tight = paint(1, box(300, 300, 316, 316, 0, 0.87));
        assertEquals(0, count(tight, ClassColors.of(0), 304, 304, 312, 312));
        assertEquals(0, count(tight, ClassColors.of(0), 300, 270, 330, 298));
    }

    @Test
    void twoScoresDoNotStandOnEachOther() {
        BufferedImage picture = paint(1, box(300, 300, 400, 400, 0, 0.2), box(302, 302, 402, 402, 1, 0.9));
        assertTrue(count(picture, ClassColors.of(1), 304, 304, 330, 314) > 50);
        assertTrue(count(picture, ClassColors.of(0), 304, 304, 330, 314) == 0);
    }

    @Test
    void theNumbersOfAllClassesAreBelow() {
        BufferedImage picture = paint(1, box(5, 5, 50, 50, 1, 0.9));
        assertTrue(picture.getHeight() > 1000);
        for (int label = 0; label < 3; label++) {
            assertTrue(count(picture, ClassColors.of(label), 0, 1000, 1280, picture.getHeight()) > 100);
        }
    }

    @Test
    void manyClassesTakeSeveralLines() {
        List<String> names = java.util.stream.IntStream.range(0, 60).mapToObj(i -> "some long class name " + i).toList();
        Detections found = new Detections(ItemKey.of("x"), 1280, 1000, names, List.of());
        BufferedImage picture = DetectionPicture.paint(grey(1), found, new Lettering.Squares());
        for (int label = 0; label < 60; label++) {
            assertTrue(count(picture, ClassColors.of(label), 0, 1000, 1280, picture.getHeight()) > 100, "class " + label);
        }
    }

    @Test
    void writesAPngOfTensOfThousands() throws IOException {
        Detections found = new Detections(ItemKey.of("x"), 20_000, 15_625, CLASSES, SampleBoxes.random(50_000, 20_000, 15_625, 3, 5));
        Path file = folder.resolve("a/x.png");
        DetectionPicture.write(file, grey(0.064), found);
        assertEquals(1280, ImageIO.read(file.toFile()).getWidth());
    }

    @Test
    void noTwoClassesHaveTheSameColour() {
        List<Color> colors = java.util.stream.IntStream.range(0, 70).mapToObj(ClassColors::of).toList();
        assertEquals(70, colors.stream().distinct().count());
    }
}
