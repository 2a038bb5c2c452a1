package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tens of thousands of boxes in the overlay and in the ROI Manager of an ImageJ on a (virtual) display. */
class BoxesOnDisplayTest {

    @TempDir
    private Path folder;

    private List<String> driven(String display, int count) throws Exception {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
            "-Djava.util.prefs.userRoot=" + folder, "-Duser.home=" + folder, "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), BoxesDriver.class.getName(), Integer.toString(count));
        builder.environment().put("DISPLAY", display);
        Process process = builder.redirectOutput(out.toFile()).redirectErrorStream(true).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "hangs");
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), String.join("\n", lines));
        return lines;
    }

    @Test
    void theyReplaceThoseOfTheRunBeforeAndTheUsersStay() throws Exception {
        try (VirtualDisplay display = VirtualDisplay.open()) {
            List<String> lines = driven(display.number(), 50_000);
            assertTrue(lines.containsAll(List.of("listed=50002", "overlay=50001", "mine=mine, mine", "rows=50000",
                "last=cells, white 0.93, group 2 cells  white, java.awt.geom.Rectangle2D$Double[x=100.25,y=200.0,w=10.5,h=8.0]",
                "selected=cells, white 0.93", "left=[mine, of another image]")), String.join("\n", lines));
        }
    }
}
