package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ByteProcessor;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.FakeDetectorBackend;
import io.github.lesionj.door.TwinDetector;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.pipeline.DetectionChoice;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.ItemKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The plane of an open image by a network whose answer can be worked out; what needs another prediction, and what does not. */
class PlaneSearchTest {

    @TempDir
    private Path folder;
    private final FakeDetectorBackend fake = new FakeDetectorBackend(batch -> { });
    private PlaneSearch search;
    private String model;

    @BeforeEach
    void begin() {
        System.setProperty("lesionj.cache", folder.resolve("cache").toString());
        System.setProperty("lesionj.models", folder.resolve("models").toString());
        model = TwinDetector.write(folder, "cells").toString();
        search = new PlaneSearch(fake::backend);
    }

    @AfterEach
    void nothingStaysLoaded() {
        search.close();
        assertEquals(0, fake.loaded());
        System.clearProperty("lesionj.cache");
        System.clearProperty("lesionj.models");
    }

    /** Cells of 255 and 100 (0.392) in the upper row, the rest black. */
    private static ImagePlus cells() {
        ByteProcessor pixels = new ByteProcessor(64, 64);
        pixels.setColor(255);
        pixels.fillRect(0, 0, 16, 16);
        pixels.setColor(100);
        pixels.fillRect(16, 0, 16, 16);
        return new ImagePlus("cells", pixels);
    }

    private PlaneSearch.Request request(ImagePlus image, double threshold, double nms) {
        return new PlaneSearch.Request(image, model, "cpu", 0, new DetectionChoice(threshold, nms, 10_000, Double.NaN, 4));
    }

    private Detections found(PlaneSearch.Request request) {
        return search.search(request, Progress.NONE).boxes();
    }

    // bright: 1 and 0.39 and, overlapping them by 0.6, 0.5 and 0.2; dark: 14 of 0.5, one of 0.3 and, overlapping them by 0.6 or, cut off at
    // the image's edge, 0.75, 14 of 0.25 and one of 0.15
    @ParameterizedTest
    @CsvSource({"0.3, 0.5, 2, 15", "0.45, 0.5, 1, 14", "0.45, 0.7, 2, 14", "0.16, 0.8, 4, 29", "0.16, 0.7, 4, 25", "0.3, 0.7, 3, 15", "0.6, 0.5, 1, 0", "-1, -1, 2, 15"})
    void thresholdAndLimitNeedNoPrediction(double threshold, double nms, int bright, int dark) {
        ImagePlus image = cells();
        found(request(image, 0.9, 0.5));
        int[] counts = found(request(image, threshold, nms)).counts();
        assertEquals(List.of(bright, dark), List.of(counts[0], counts[1]));
        assertEquals(1, fake.predicted());
        assertEquals(1, fake.opened());
    }

    @Test
    void aThresholdBelowWhatWasKeptIsSearchedAgain() {
        ImagePlus image = cells();
        found(request(image, 0.3, 0.8));
        found(request(image, 0.05, 0.8));
        assertEquals(1, fake.predicted());
        // and bright scores of 0: all 32 candidates of both classes
        assertEquals(64, found(request(image, 0, 0.8)).boxes().size());
        assertEquals(2, fake.predicted());
        found(request(image, 0.01, 0.8));
        assertEquals(2, fake.predicted());
    }

    @Test
    void theRoiAloneIsSearchedInTheImagesCoordinates() {
        ImagePlus image = cells();
        image.setRoi(14, 0, 20, 20);
        assertEquals(List.of(new ScoredBox(new Box(16, 0, 32, 16), 0, 0.392157), new ScoredBox(new Box(16, 0, 32, 16), 1, 0.303922)),
            found(request(image, 0.29, 0.5)).boxes());
        PlaneSearch.Request inRoi = request(image, 0.29, 0.5);
        image.deleteRoi();
        PlaneSearch.Request whole = request(image, 0.29, 0.5);
        assertEquals(2, found(whole).counts()[0]);
        assertEquals(1, found(inRoi).counts()[0], "of the moment it was asked for");
        assertEquals(1, fake.opened());
    }

    static List<Roi> withoutAnArea() {
        return List.of(new Line(3, 3, 30, 3), new PointRoi(5, 5), new TextRoi(5, 5, "x"), new Roi(64, 0, 10, 10), new Roi(-5, -5, 3, 3));
    }

    /** In the preview and in the run alike. */
    @ParameterizedTest
    @MethodSource("withoutAnArea")
    void aRoiWithoutAnAreaOnTheImageIsRefused(Roi roi) {
        ImagePlus image = cells();
        image.setRoi(roi);
        String message = assertThrows(UsageException.class, () -> request(image, 0.3, 0.5)).getMessage();
        assertTrue(message.startsWith("The ROI on cells ") && message.endsWith("Select None."), message);
        assertEquals(message, assertThrows(UsageException.class, () -> BatchInputs.of(image).searched()).getMessage());
    }

    @Test
    void theShownSliceIsSearched() {
        ImagePlus stack = IJ.createImage("stack", "8-bit black", 64, 64, 3);
        stack.getStack().setProcessor(cells().getProcessor(), 2);
        PlaneSearch.Request first = request(stack, 0.35, 0.5);
        stack.setSlice(2);
        PlaneSearch.Request second = request(stack, 0.35, 0.5);
        assertEquals(0, found(first).counts()[0]);
        Detections found = found(second);
        assertEquals(2, found.counts()[0]);
        assertEquals(ItemKey.of("stack", 1, 2, 1), found.item());
    }

    @Test
    void aCancelledSearchIsDoneAgain() {
        ImagePlus image = IJ.createImage("large", "8-bit white", 300, 300, 1);
        List<String> reports = new ArrayList<>();
        Progress stopping = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                reports.add(what);
            }

            @Override
            public boolean cancelled() {
                return reports.stream().anyMatch(what -> what.startsWith("Tile"));
            }
        };
        assertThrows(io.github.lesionj.core.CancelledException.class, () -> search.search(request(image, 0.3, 0.5), stopping));
        assertEquals(List.of("Loading the model", "Searching large"), reports.subList(0, 2));
        List<ScoredBox> again = found(request(image, 0.3, 0.5)).boxes();
        assertTrue(again.size() > 100, again.size() + " of 18 x 18 cells and what tiles see between them");
        try (PlaneSearch fresh = new PlaneSearch(fake::backend)) {
            assertEquals(fresh.search(request(image, 0.3, 0.5), Progress.NONE).boxes().boxes(), again);
        }
    }

    @Test
    void anotherModelReplacesTheOneThatIsLoaded() {
        ImagePlus image = cells();
        found(request(image, 0.3, 0.5));
        model = TinyModel.named("brightness").write(folder).toString();
        String message = assertThrows(UsageException.class, () -> found(request(image, 0.3, 0.5))).getMessage();
        assertTrue(message.contains("classification") && message.contains("Classify Image..."), message);
        assertEquals(0, fake.loaded());
        model = "nosuch";
        assertThrows(UsageException.class, () -> found(request(image, 0.3, 0.5)));
        model = folder.resolve("cells").toString();
        assertEquals(2, found(request(image, 0.3, 0.5)).counts()[0]);
        assertEquals(2, fake.opened());
    }
}
