package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.lesionj.batch.PlaneSearch;
import io.github.lesionj.door.FakeDetectorBackend;
import io.github.lesionj.door.TwinDetector;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.image.RoiMark;
import io.github.lesionj.pipeline.DetectionChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview while settings change, searches are slow, models are wrong, and at its end. */
class DetectionPreviewTest implements PreviewedCommand.Listener {

    private static final int ROUND = 20;

    @TempDir
    private Path folder;
    private final Semaphore permitted = new Semaphore(1000);
    private final Semaphore begun = new Semaphore(0);
    private final FakeDetectorBackend fake = new FakeDetectorBackend(batch -> {
        begun.release();
        permitted.acquireUninterruptibly();
    });
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final DetectionPreview preview = new DetectionPreview(new PlaneSearch(fake::backend), this);
    private ImagePlus image;
    private Overlay before;
    private String model;

    @BeforeEach
    void begin() {
        System.setProperty("lesionj.cache", folder.resolve("cache").toString());
        System.setProperty("lesionj.models", folder.resolve("models").toString());
        model = TwinDetector.write(folder, "cells").toString();
        image = IJ.createImage("white", "8-bit white", 64, 64, 1);
        Roi earlier = new Roi(5, 5, 5, 5);
        RoiMark.set(earlier, RoiMark.DETECTION);
        before = new Overlay(new Roi(1, 2, 3, 4));
        before.add(earlier);
        image.setOverlay(before);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        permitted.release(1000);
        preview.end();
        assertSame(before, image.getOverlay());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (fake.loaded() > 0 || Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("LesionJ preview"))) {
                Thread.sleep(5);
            }
        });
        System.clearProperty("lesionj.cache");
        System.clearProperty("lesionj.models");
    }

    @Override
    public void said(String line) {
        heard.add(line);
    }

    @Override
    public void refused(String sentence) {
        heard.add("refused: " + sentence);
    }

    private PlaneSearch.Request request(double threshold) {
        return new PlaneSearch.Request(image, model, "cpu", 0, new DetectionChoice(threshold, -1, 100, Double.NaN, 4));
    }

    /** The next line that is not about progress. */
    private String answer() throws InterruptedException {
        for (String line = heard.poll(ROUND, TimeUnit.SECONDS); line != null; line = heard.poll(ROUND, TimeUnit.SECONDS)) {
            if (!line.endsWith(" ...")) {
                return line;
            }
        }
        throw new AssertionError("nothing is said");
    }

    @Test
    void boxesStandInPlaceOfEarlierOnesBesideTheUsersUntilTheyAreHidden() throws Exception {
        preview.show(request(0.4));
        assertEquals("16 boxes: 16 bright, 0 dark (threshold 0.4, NMS 0.5)", answer());
        Overlay shown = image.getOverlay();
        assertEquals(1 + 16, shown.size());
        assertSame(before.get(0), shown.get(0));
        assertEquals("bright 1.00", shown.get(1).getName());
        assertEquals(2, before.size());
        preview.hide();
        assertSame(before, image.getOverlay());
        image.setHideOverlay(true);
        preview.show(request(-1));
        assertEquals("16 boxes: 16 bright, 0 dark (threshold 0.3, NMS 0.5)", answer());
        assertEquals(0.3, preview.inEffect().orElseThrow().threshold());
        preview.hide();
        assertTrue(image.getHideOverlay());
        assertEquals(1, fake.predicted());
    }

    @Test
    void aThresholdThatMovesDuringASearchNeitherStopsNorRepeatsIt() throws Exception {
        permitted.drainPermits();
        preview.show(request(0.9));
        assertTrue(begun.tryAcquire(ROUND, TimeUnit.SECONDS));
        for (int i = 50; i < 90; i++) {
            preview.show(request(i / 100.0));
        }
        permitted.release(1000);
        // what was asked for first, and the last of what came meanwhile
        assertEquals("16 boxes: 16 bright, 0 dark (threshold 0.9, NMS 0.5)", answer());
        assertEquals("16 boxes: 16 bright, 0 dark (threshold 0.89, NMS 0.5)", answer());
        assertEquals(1, fake.predicted());
        assertNull(heard.poll(200, TimeUnit.MILLISECONDS));
    }

    @Test
    void whatASearchFindsAfterTheEndIsNotShown() throws Exception {
        permitted.drainPermits();
        preview.show(request(0.5));
        assertTrue(begun.tryAcquire(ROUND, TimeUnit.SECONDS));
        preview.end();
        assertSame(before, image.getOverlay());
        permitted.release(1000);
        preview.show(request(0.5));
        nothingIsLeftBehind();
        assertTrue(heard.stream().allMatch(line -> line.endsWith(" ...")), heard.toString());
    }

    @Test
    void aWrongModelIsSaidAndAnotherTried() throws Exception {
        preview.show(request(0.5));
        answer();
        assertNotSame(before, image.getOverlay());
        model = TinyModel.named("brightness").write(folder).toString();
        preview.show(request(0.5));
        String message = answer();
        assertTrue(message.startsWith("refused: The preview: The model brightness is made for classification"), message);
        assertSame(before, image.getOverlay());
        model = folder.resolve("cells").toString();
        preview.show(request(0.5));
        assertEquals("16 boxes: 16 bright, 0 dark (threshold 0.5, NMS 0.5)", answer());
        preview.refuse("threshold=2 is out of range.");
        assertEquals("refused: threshold=2 is out of range.", answer());
        assertSame(before, image.getOverlay());
    }

    @Test
    void whatSomebodyElseShowsMeanwhileStays() throws Exception {
        preview.show(request(0.5));
        answer();
        before = new Overlay(new Roi(9, 9, 9, 9));
        image.setOverlay(before);
        preview.show(request(0.4));
        answer();
        assertEquals(1 + 16, image.getOverlay().size());
        before = new Overlay();
        image.setOverlay(before);
    }
}
