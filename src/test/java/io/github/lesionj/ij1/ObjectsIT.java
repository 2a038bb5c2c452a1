package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.lesionj.core.Csv;
import io.github.lesionj.door.Door;
import io.github.lesionj.ij1.TestApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Objects classified by the shipped macro without a display, and from the dialog with one; what the recorder wrote replays. */
@ExtendWith(Door.Extension.class)
class ObjectsIT {

    private static final String PICTURES = Path.of(System.getProperty("lesionj.app")).resolveSibling("dialogs").toString();
    private static final String CLASSIFY = "Classify Image...";

    @TempDir
    private static Path folder;
    private static TestApp app;

    @BeforeAll
    static void start() throws Exception {
        app = new TestApp(folder);
    }

    @AfterAll
    static void end() throws Exception {
        app.close();
    }

    /** On grey 60: three squares of 255 and two of 150, each with an edge of 20 px. */
    private static ImagePlus cells() {
        ByteProcessor pixels = new ByteProcessor(260, 80);
        pixels.set(60);
        pixels.setColor(60);
        pixels.fill();
        for (int i = 0; i < 5; i++) {
            pixels.setColor(i % 2 == 0 ? 255 : 150);
            pixels.fillRect(20 + 45 * i, 30, 20, 20);
        }
        return new ImagePlus("cells", pixels);
    }

    @Test
    void theShippedMacroGoesFromThePixelsToThePhenotypes(Door door) throws Exception {
        new FileSaver(cells()).saveAsPng(folder.resolve("cells.png").toString());
        Path macro = Path.of(System.getProperty("lesionj.app")).resolve("../../macros/classify_objects.ijm").normalize().toAbsolutePath();
        Result result = app.lesionj(Map.of("LESIONJ_MODELS", door.models().toString()), macro.toString(), "cells.png|brightness|counted");
        assertEquals(new Result(0, "lesion: 3\nnormal: 2\n", ""), result);
        // (20 * 20 of the square's own + the rest of 28 * 28 of 60) / 255
        double bright = (400 * 255 + 384 * 60) / 784.0 / 255;
        List<List<String>> rows = Csv.read(folder.resolve("counted/results.csv"));
        int lesion = rows.get(0).indexOf("p_lesion");
        assertEquals(3, rows.stream().skip(1).filter(row -> Math.abs(Double.parseDouble(row.get(lesion)) - bright) < 0.01).count(), rows.toString());
    }

    private static Path tiff() throws Exception {
        ImagePlus image = cells();
        Overlay overlay = new Overlay();
        for (int i = 0; i < 5; i++) {
            Roi roi = new Roi(20 + 45 * i, 30, 20, 20);
            roi.setName("cell " + (i + 1));
            overlay.add(roi);
        }
        image.setOverlay(overlay);
        Path file = folder.resolve("cells.tif");
        new FileSaver(image).saveAsTiff(file.toString());
        return file;
    }

    @Test
    void theDialogNamesTheRoisWhereTheyAreAndTheRecordReplaysHeadless(Door door) throws Exception {
        Path image = tiff();
        Result result;
        try (VirtualDisplay display = VirtualDisplay.open()) {
            result = app.withDisplay(Map.of("DISPLAY", display.number(), "LESIONJ_MODELS", door.models().toString()), DialogDriver.class,
                PICTURES, CLASSIFY, "@image=" + image, "input=", "output=", "model=brightness", "rois=overlay", "margin=0",
                "---", CLASSIFY, "@run=To ROI Manager", "input=", "output=", "model=brightness", "rois=manager", "margin=100");
        }
        assertEquals(0, result.status(), result.toString());
        List<String> rois = result.out().lines().filter(line -> line.startsWith("rois=")).toList();
        // 60 px see 20 * 20 of the square's own and 3,200 px of 60: (400 * 255 + 3200 * 60) / 3600 / 255 = 0.32, with 150 0.27
        assertEquals("rois=[normal 0.68, normal 0.73, normal 0.68, normal 0.73, normal 0.68]", rois.get(rois.size() - 1), result.out());
        assertTrue(result.out().contains("table=image,roi,label,probability,p_normal,p_lesion\\ncells.tif,cell 1,lesion,1"), result.out());
        String recorded = line(result, "recorded=").replace("\\n", "\n").replace("\\\\", "\\").lines()
            .filter(line -> line.contains("rois=overlay")).findFirst().orElseThrow();
        Files.writeString(folder.resolve("replay.ijm"), "open(\"" + image + "\");\n" + recorded + """

            for (i = 0; i < Overlay.size; i++) {
                Overlay.activateSelection(i);
                print(Roi.getName + ", group " + Roi.getGroup + ", was " + getResultString("roi", i));
            }
            """);
        Result replayed = app.lesionj(Map.of("LESIONJ_MODELS", door.models().toString()), "replay.ijm");
        assertEquals(new Result(0, """
            lesion 1.00, group 2, was cell 1
            lesion 0.59, group 2, was cell 2
            lesion 1.00, group 2, was cell 3
            lesion 0.59, group 2, was cell 4
            lesion 1.00, group 2, was cell 5
            """, ""), replayed);
    }

    private static String line(Result result, String beginning) {
        return result.out().lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow().substring(beginning.length());
    }
}
