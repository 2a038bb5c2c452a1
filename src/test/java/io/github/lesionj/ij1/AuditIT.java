package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.door.CellSet;
import io.github.lesionj.door.TinyDetector;
import io.github.lesionj.ij1.TestApp.Result;
import io.github.lesionj.image.RoiFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector judged in a plain ImageJ on a (virtual) display, its audit looked at, and its boxes corrected. */
class AuditIT {

    private static final String PICTURES = Path.of(System.getProperty("lesionj.app")).resolveSibling("dialogs").toString();

    @TempDir
    private static Path folder;
    private static TestApp app;
    private static VirtualDisplay display;

    @BeforeAll
    static void start() throws Exception {
        display = VirtualDisplay.open();
        app = new TestApp(folder);
        new TinyDetector("cells").write(folder.resolve("models"));
        CellSet.ofThree(folder.resolve("set"));
    }

    @AfterAll
    static void end() throws Exception {
        if (display != null) {
            display.close();
            app.close();
        }
    }

    private static Result audited(String... steps) throws Exception {
        String[] arguments = new String[steps.length + 2];
        arguments[0] = PICTURES;
        arguments[1] = "model=cells data=[" + folder.resolve("set") + "] output=[" + folder.resolve("out") + "] bootstrap=50";
        System.arraycopy(steps, 0, arguments, 2, steps.length);
        return app.withDisplay(Map.of("DISPLAY", display.number(), "LESIONJ_MODELS", folder.resolve("models").toString()), AuditDriver.class, arguments);
    }

    private static String after(Result result, String step) {
        return result.out().lines().filter(line -> line.startsWith(step + " -> ")).reduce((first, second) -> second).orElse(result.toString());
    }

    /** Rows: of b a miss and two false alarms, of a a miss, a false alarm and two hits; b is the first slice. */
    @Test
    void aRowShowsItsBoxAndAnImageIsCorrected() throws Exception {
        Path corrected = folder.resolve("corrected");
        Result result = audited("row=4", "row=0", "down", "shoot=audit", "correct", "b", "shoot=audit_correct",
            "run=Prepare Training Set...|rois=overlay write=boxes output=[" + corrected + "]");
        assertEquals(0, result.status(), result.toString());
        assertTrue(after(result, "row=4").contains("slice 2 bright 56,56,8,8;"), result.toString());
        assertTrue(after(result, "row=0").contains("slice 1 bright 32,8,8,8;"), result.toString());
        assertTrue(after(result, "down").contains("slice 1 bright 24,24,8,8;"), result.toString());
        assertTrue(after(result, "down").contains("[false alarm dark 0.80 32,8,8,8, false alarm bright 0.80 24,24,8,8, miss bright 32,8,8,8"), result.toString());
        assertTrue(after(result, "correct").endsWith("front b.png bright 24,24,8,8 overlay [bright 32,8,8,8]"), result.toString());
        assertTrue(after(result, "b").contains("overlay [bright 32,8,8,8, bright 24,24,8,8]"), result.toString());
        assertTrue(Files.exists(corrected.resolve("images/b.png.png")), result.toString());
        assertEquals(List.of("bright", "bright"), RoiFiles.read(corrected.resolve("rois/b.png.png.zip")).stream().map(roi -> roi.getName()).toList(), result.toString());
    }
}
