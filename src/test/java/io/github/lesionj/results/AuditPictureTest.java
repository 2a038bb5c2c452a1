package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Overlay;
import ij.gui.Plot;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.ItemSource;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.evaluation.detection.AuditedBox;
import io.github.lesionj.evaluation.detection.AuditedImage;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.evaluation.detection.Verdict;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.RoiMark;
import io.github.lesionj.image.SourceImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The audit as pictures and as a stack, and the curves; pictures lie in target/audit to be looked at. */
class AuditPictureTest {

    private static final Path FOLDER = Path.of("target/audit");
    private static final List<String> CLASSES = List.of("RBC", "WBC", "Platelets");

    private static AuditedItem item(String name, int width, int height, AuditedBox... boxes) {
        return new AuditedItem(ItemKey.of(name), width, height, new AuditedImage(name, List.of(), List.of(boxes)));
    }

    private static AuditedBox box(double x, double y, Verdict verdict) {
        return new AuditedBox(Box.ofSize(x, y, 100, 80), 1, verdict == Verdict.MISS ? Double.NaN : 0.75, verdict);
    }

    private static Thumbnail grey(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 0x808080);
            }
        }
        return new Thumbnail(picture, 1, 1);
    }

    private static Set<Integer> along(BufferedImage picture, int x, int y, int length) {
        Set<Integer> colors = new HashSet<>();
        for (int i = 0; i < length; i++) {
            colors.add(picture.getRGB(x + i, y) & 0xffffff);
        }
        return colors;
    }

    /** On the lower edge, where nothing is written. */
    @Test
    void linesAreWholeDashedAndDotted() {
        BufferedImage picture = AuditPicture.paint(grey(600, 600), item("x.png", 600, 600, box(100, 100, Verdict.HIT), box(300, 100, Verdict.MISS),
            box(100, 300, Verdict.FALSE_ALARM)), CLASSES);
        int hit = AuditStyle.of(Verdict.HIT).color().getRGB() & 0xffffff;
        int miss = AuditStyle.of(Verdict.MISS).color().getRGB() & 0xffffff;
        int alarm = AuditStyle.of(Verdict.FALSE_ALARM).color().getRGB() & 0xffffff;
        assertEquals(Set.of(hit), along(picture, 110, 179, 80), "a whole line");
        Set<Integer> dashed = along(picture, 310, 179, 80);
        assertTrue(dashed.contains(miss) && dashed.size() > 1, "gaps: " + dashed);
        Set<Integer> dotted = along(picture, 110, 379, 80);
        assertTrue(dotted.contains(alarm) && dotted.size() > 1, "gaps: " + dotted);
        assertTrue(picture.getHeight() > 600, "the strip below");
        assertEquals(Set.of(0x808080), along(picture, 210, 179, 80), "nothing beside them");
    }

    /** No two differ in their colour alone. */
    @Test
    void stylesDifferWithoutColour() {
        assertEquals(Set.of("thin", "dashed", "dotted"), new HashSet<>(List.of(AuditStyle.of(Verdict.HIT).lineText(), AuditStyle.of(Verdict.MISS).lineText(),
            AuditStyle.of(Verdict.FALSE_ALARM).lineText())));
    }

    @Test
    void slicesOfDifferentSizesAreReadWhenTheyAreShown() {
        AtomicInteger read = new AtomicInteger();
        List<AuditedItem> items = List.of(item("small.png", 30, 40, new AuditedBox(Box.ofSize(2.5, 3, 10, 11), 0, 0.5, Verdict.FALSE_ALARM)),
            item("wide.png", 4096, 1024, new AuditedBox(Box.ofSize(1000, 400, 200, 100), 2, Double.NaN, Verdict.MISS)));
        AuditStack stack = new AuditStack(items, CLASSES, item -> {
            read.incrementAndGet();
            return grey(Math.min(2048, item.width()), Math.min(512, item.height()));
        });
        assertEquals(0, read.get());
        assertEquals(List.of(2, 2048, 512, 24), List.of(stack.getSize(), stack.getWidth(), stack.getHeight(), stack.getBitDepth()));
        assertEquals("small.png: 0 misses, 1 false alarm, 0 hits", stack.getSliceLabel(1));
        ImageProcessor first = stack.getProcessor(1);
        assertEquals(new Color(0x808080), new Color(first.getPixel(29, 39)));
        assertFalse(new Color(0x808080).equals(new Color(first.getPixel(30, 39))), "what lies beside a small image is none of it");
        stack.getProcessor(1);
        assertEquals(1, read.get());
        Overlay overlay = stack.overlay();
        assertEquals(List.of("false alarm RBC 0.50", "miss Platelets"), List.of(overlay.get(0).getName(), overlay.get(1).getName()));
        assertEquals(new Roi(2.5, 3, 10, 11).getFloatBounds(), overlay.get(0).getFloatBounds());
        assertEquals(new Roi(500.0, 200, 100, 50).getFloatBounds(), overlay.get(1).getFloatBounds(), "half as large, as its image is");
        assertEquals(2, overlay.get(1).getPosition());
        assertTrue(RoiMark.isOurs(overlay.get(0)) && RoiMark.isExplanation(overlay.get(0)), "no object to learn from");
    }

    @Test
    void anImageThatIsGoneIsSaidOnItsSlice() {
        AuditStack stack = new AuditStack(List.of(item("gone.png", 300, 40)), CLASSES, item -> {
            throw new LesionJException("Cannot read gone.png: no such file.");
        });
        Set<Integer> colors = new HashSet<>();
        for (int pixel : (int[]) stack.getPixels(1)) {
            colors.add(pixel & 0xffffff);
        }
        assertTrue(colors.size() > 1, "something is written there");
    }

    private static Thumbnail slice(int width, int height) {
        return AuditStack.thumbnail(RegionSource.of(new SourceImage(ArrayImgs.unsignedBytes(new byte[width * height], width, height, 1),
            SourceImage.Kind.GREY, 255, new double[] {Double.NaN, Double.NaN}, List.of())));
    }

    @Test
    void slicesAreReducedAndNeverEnlarged() {
        Thumbnail small = slice(20, 10);
        assertEquals(List.of(20, 10), List.of(small.picture().getWidth(), small.picture().getHeight()));
        assertEquals(1, small.scaleX());
        Thumbnail large = slice(100, 8192);
        assertEquals(List.of(25, 2048), List.of(large.picture().getWidth(), large.picture().getHeight()));
        assertEquals(0.25, large.scaleY());
    }

    @Test
    void curvesStandWhereTheyShould() {
        List<JudgedImage> images = List.of(new JudgedImage("a", List.of(TrueBox.of(Box.ofSize(0, 0, 10, 10), 0), TrueBox.of(Box.ofSize(20, 0, 10, 10), 0)),
            List.of(new ScoredBox(Box.ofSize(0, 0, 10, 10), 0, 0.9), new ScoredBox(Box.ofSize(50, 0, 10, 10), 0, 0.8),
                new ScoredBox(Box.ofSize(20, 0, 10, 10), 0, 0.7))));
        DetectionMetrics metrics = DetectionMetrics.of(List.of("RBC"), images, 0.75, 0.5);
        Plot curve = DetectionPlots.precisionRecall("PR", images, metrics);
        BufferedImage drawn = curve.getProcessor().getBufferedImage();
        // after the false alarm half is precise, after the last hit two of three
        assertTrue(isDark(drawn, curve, 0.5, 0.75) && isDark(drawn, curve, 0.75, 0.5833) && !isDark(drawn, curve, 0.75, 0.8));
        Plot froc = DetectionPlots.froc("FROC", images, metrics);
        Plots.write(FOLDER.resolve("froc_one.png"), () -> froc);
        assertEquals(3, DetectionPlots.place(1), 1e-12);
        assertEquals(0, DetectionPlots.place(0.125), 1e-12);
        assertEquals(6, DetectionPlots.place(8), 1e-12);
        assertTrue(DetectionPlots.place(0) < 0, "left of the scale, and finite");
        BufferedImage picture = froc.getProcessor().getBufferedImage();
        // from no false alarm on one half is found, from one an image on all
        assertTrue(isDark(picture, froc, 1.5, 0.5) && isDark(picture, froc, 4.5, 1) && !isDark(picture, froc, 4.5, 0.5) && !isDark(picture, froc, 1.5, 1));
    }

    private static boolean isDark(BufferedImage picture, Plot plot, double x, double y) {
        for (int dy = -3; dy <= 3; dy++) {
            if ((picture.getRGB((int) plot.scaleXtoPxl(x), (int) plot.scaleYtoPxl(y) + dy) >> 16 & 0xff) < 100) {
                return true;
            }
        }
        return false;
    }

    /** Blood cells, with boxes as a fair detector would give them: to be looked at. */
    @Test
    void bloodCellsToBeLookedAt() {
        Path data = Path.of(System.getProperty("lesionj.shared", "../shared"), "data/bccd");
        Assumptions.assumeTrue(Files.exists(data), "no blood cells here");
        Random random = new Random(7);
        List<LabelledItem> items = LabelledSets.open(DataReference.parse(data + "#val"), new ClassNaming(CLASSES)).items().subList(0, 40);
        List<JudgedImage> judged = items.stream().map(item -> new JudgedImage(item.name(), item.boxes(), found(item.boxes(), random))).toList();
        DetectionMetrics metrics = DetectionMetrics.of(CLASSES, judged, 0.4, 0.5);
        Plots.write(FOLDER.resolve("precision_recall.png"), () -> DetectionPlots.precisionRecall("Precision and recall", judged, metrics));
        Plots.write(FOLDER.resolve("froc.png"), () -> DetectionPlots.froc("FROC", judged, metrics));
        AuditedImage worst = AuditedImage.worstFirst(judged, CLASSES.size(), 0.4, 0.5).get(0);
        Path file = ((ItemSource.File) items.stream().filter(item -> item.name().equals(worst.name())).findFirst().orElseThrow().source()).path();
        try (ImageSource source = new ImageFiles(null, null).open(file)) {
            SourceImage image = source.image(Position.FIRST);
            AuditPicture.write(FOLDER.resolve("worst.png"), Thumbnail.of(image), new AuditedItem(ItemKey.of(worst.name()), image.width(), image.height(), worst),
                CLASSES);
        }
        assertTrue(Files.exists(FOLDER.resolve("worst.png")) && metrics.map50() > 0.3 && metrics.map50() < 1);
    }

    private static List<ScoredBox> found(List<TrueBox> truth, Random random) {
        List<ScoredBox> found = new ArrayList<>();
        for (TrueBox each : truth) {
            double jitter = each.box().width() * 0.15 * random.nextGaussian();
            found.add(new ScoredBox(each.box().moved(jitter, jitter / 2), each.label(), Math.min(1, Math.abs(0.7 + 0.25 * random.nextGaussian()))));
        }
        for (int i = 0; i < 12; i++) {
            found.add(new ScoredBox(Box.ofSize(random.nextInt(540), random.nextInt(380), 90, 85), random.nextInt(3), random.nextDouble() * random.nextDouble()));
        }
        return found;
    }
}
