package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.lesionj.core.Csv;
import io.github.lesionj.door.TwinDetector;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.ij1.TestApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code Detect Lesions...} in a plain ImageJ on a (virtual) display with its preview: sliders moved by their thumbs, cancelled, run,
 * replayed without a display.
 */
class PreviewIT {

    private static final String PICTURES = Path.of(System.getProperty("lesionj.app")).resolveSibling("dialogs").toString();

    @TempDir
    private static Path folder;
    private static TestApp app;
    private static VirtualDisplay display;

    @BeforeAll
    static void start() throws Exception {
        display = VirtualDisplay.open();
        app = new TestApp(folder);
        TwinDetector.write(folder.resolve("models"), "cells");
        TinyModel.named("brightness").write(folder.resolve("models"));
        new FileSaver(cells()).saveAsPng(folder.resolve("cells.png").toString());
    }

    @AfterAll
    static void end() throws Exception {
        if (display != null) {
            display.close();
            app.close();
        }
    }

    /** Cells of 16 px: 1, 0.8, 0.6 and 0.43 in the upper row, 0.5 below. */
    private static ImagePlus cells() {
        ByteProcessor pixels = new ByteProcessor(64, 64);
        pixels.set(128);
        pixels.setColor(128);
        pixels.fill();
        int[] values = {255, 204, 153, 110};
        for (int i = 0; i < values.length; i++) {
            pixels.setColor(values[i]);
            pixels.fillRect(16 * i, 0, 16, 16);
        }
        return new ImagePlus("cells", pixels);
    }

    private static Result drive(String... steps) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(PICTURES, folder.resolve("cells.png").toString()));
        arguments.addAll(List.of(steps));
        Result result = app.withDisplay(Map.of("DISPLAY", display.number(), "LESIONJ_MODELS", folder.resolve("models").toString()),
            PreviewDriver.class, arguments.toArray(new String[0]));
        assertEquals(0, result.status(), result.toString());
        return result;
    }

    private static List<String> lines(Result result, String name) {
        return result.out().lines().filter(line -> line.startsWith(name + "=")).map(line -> line.substring(name.length() + 1)).toList();
    }

    @Test
    void slidersRedrawAndCancelBringsTheOverlayBack() throws Exception {
        Result result = drive("open", "model=cells", "preview=true", "found:16 boxes: 16 bright, 0 dark (threshold 0.3, NMS 0.5)", "tell", "shoot:preview",
            "drag:threshold=70", "found:2 boxes", "tell", "drag:threshold=55", "found:3 boxes", "threshold=-1", "found:16 boxes",
            "drag:nms=80", "found:19 boxes", "threshold=0.45", "nms=0.5", "found:15 boxes", "preview=false", "found: ", "tell",
            "preview=true", "found:15 boxes", "click:Cancel", "ended", "tell", "state");
        List<String> overlays = lines(result, "overlay");
        assertEquals(17, overlays.get(0).split(",").length, "the user's and 16: " + overlays.get(0));
        assertEquals("[mine, bright 1.00, bright 0.80]", overlays.get(1));
        assertEquals(List.of("[mine]", "[mine]"), overlays.subList(2, 4));
        assertTrue(lines(result, "manager").stream().allMatch("none"::equals), result.out());
        assertEquals(List.of(""), lines(result, "recorded"), "what is cancelled is not recorded");
        assertEquals(List.of(""), lines(result, "log"));
        assertEquals("", result.error());
    }

    @Test
    void wrongValuesAreSaidAndTheDialogStays() throws Exception {
        Result result = drive("open", "model=", "preview=true", "message:No model was chosen", "model=brightness", "message:made for classification",
            "tell", "model=cells", "found:16 boxes", "message: ", "threshold=0,5", "message:threshold=0,5 is not a number", "threshold=-0.5",
            "message:threshold=-0.5 is out of range", "tell", "threshold=0.7", "found:2 boxes", "input=x.png", "message:leave Input empty",
            "tell", "input=", "found:2 boxes", "channel=2", "message:cells.png has no channel 2", "click:Cancel", "ended", "tell");
        assertEquals("[mine]", lines(result, "overlay").get(0));
        assertEquals("[mine]", lines(result, "overlay").get(1), "a threshold that cannot be hides the boxes");
        assertEquals("[mine]", lines(result, "overlay").get(3));
    }

    @Test
    void theRunGivesWhatThePreviewShowedAndItsRecordReplays() throws Exception {
        Path output = folder.resolve("by dialog");
        Result result = drive("open", "model=cells", "output=" + output, "preview=true", "found:16 boxes", "drag:threshold=70", "found:2 boxes",
            "threshold=0.55", "found:3 boxes", "click:OK", "ended", "tell", "state", "delete", "measure",
            // the boxes of that run come back when another preview is cancelled
            "roi:0,0,32,20", "open", "model=cells", "output=", "threshold=0.07", "preview=true", "found:3 boxes: 2 bright, 1 dark", "tell",
            "click:Cancel", "ended", "tell");
        assertEquals(List.of("[mine, bright 1.00, bright 0.80, bright 0.60]", "[mine, bright 1.00, bright 0.80, bright 0.60]"),
            List.of(lines(result, "overlay").get(0), lines(result, "overlay").get(3)));
        assertTrue(lines(result, "rois").get(0).equals("[bright 1.00, bright 0.80, bright 0.60]"), result.out());
        assertEquals(List.of("256.0 204.0", "256.0 153.0"), lines(result, "measured"));

        String recorded = lines(result, "recorded").get(0).replace("\\n", "\n").lines().filter(line -> line.contains("Detect Lesions...")).findFirst().orElseThrow();
        assertTrue(recorded.contains("threshold=0.55") && !recorded.contains("preview"), recorded);
        Files.writeString(folder.resolve("replay.ijm"), "open(\"" + folder.resolve("cells.png") + "\");\n" + recorded.replace("by dialog", "by macro"));
        Result replayed = app.lesionj(Map.of("LESIONJ_MODELS", folder.resolve("models").toString()), "replay.ijm");
        assertEquals(0, replayed.status(), replayed.toString());
        List<List<String>> rows = Csv.read(output.resolve("results.csv"));
        assertEquals(1 + 3, rows.size());
        assertEquals(rows, Csv.read(folder.resolve("by macro/results.csv")));
        assertFalse(Files.readString(output.resolve("run.json")).contains("preview"));
    }

    /** With options there is no dialog, and nothing to preview. */
    @Test
    void headlessItDoesNothing() throws Exception {
        Result result = app.lesionj(Map.of("LESIONJ_MODELS", folder.resolve("models").toString()), "Detect Lesions...", "input=cells.png", "model=cells",
            "threshold=0.7", "preview=true", "output=headless");
        assertEquals(0, result.status(), result.toString());
        assertEquals(1 + 2, Csv.read(folder.resolve("headless/results.csv")).size());
    }
}
