package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.lesionj.core.Csv;
import io.github.lesionj.ij1.TestApp.Result;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images labelled by real keys in a plain ImageJ on a (virtual) display: undone, skipped, killed, started again. */
class LabellingIT {

    private static final String PICTURES = Path.of(System.getProperty("lesionj.app")).resolveSibling("dialogs").toString();
    private static final int IMAGES = 20;

    @TempDir
    private static Path folder;
    private static TestApp app;
    private static VirtualDisplay display;

    @BeforeAll
    static void start() throws Exception {
        display = VirtualDisplay.open();
        app = new TestApp(folder);
        for (int i = 0; i < IMAGES; i++) {
            image(folder.resolve("images"), i);
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (display != null) {
            display.close();
            app.close();
        }
    }

    /** Of different sizes and kinds, as a folder of anybody is. */
    private static void image(Path images, int i) throws Exception {
        Files.createDirectories(images);
        ImageProcessor pixels = i % 3 == 0 ? new ColorProcessor(60 + i, 40) : new ByteProcessor(40, 50 + 5 * i);
        pixels.setColor(Color.getHSBColor(i / 20f, 1, 1));
        pixels.fill();
        new FileSaver(new ImagePlus("", pixels)).saveAsPng(images.resolve(name(i)).toString());
    }

    private static String name(int i) {
        return String.format("%02d.png", i);
    }

    private static List<String> keys(int from, int to) {
        List<String> keys = new ArrayList<>();
        for (int i = from; i < to; i++) {
            keys.add(Integer.toString(i % 3 + 1));
            keys.add("@wait=" + (i + 1));
        }
        return keys;
    }

    private static String options(Path output) {
        return "input=[" + folder.resolve("images") + "] class_names=[RBC,WBC,Platelets] output=[" + output + "]";
    }

    private static String[] arguments(String options, List<String> steps) {
        List<String> arguments = new ArrayList<>(List.of(PICTURES, options));
        arguments.addAll(steps);
        return arguments.toArray(new String[0]);
    }

    private static Map<String, String> labels(Path output) {
        Map<String, String> labels = new TreeMap<>();
        List<List<String>> rows = Csv.read(output.resolve("labels.csv"));
        assertEquals(List.of("path", "label"), rows.get(0));
        rows.stream().skip(1).forEach(row -> assertEquals(null, labels.put(row.get(0), row.get(1)), "twice: " + row));
        return labels;
    }

    @Test
    void twentyImagesOneUndoneKilledAndStartedAgain() throws Exception {
        Path output = folder.resolve("killed");
        List<String> steps = keys(0, 5);
        // taken back and given another class; keys without a meaning, which are shortcuts of ImageJ, do nothing
        steps.addAll(List.of("back", "@wait=4", "h", "w", "9", "3", "@wait=5"));
        steps.addAll(keys(5, 11));
        steps.addAll(List.of("@shoot=labelling", "@hang"));
        app.killedWhenHanging(display.number(), LabellingDriver.class, arguments(options(output), steps));

        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 11; i++) {
            expected.put("../images/" + name(i), i == 4 ? "Platelets" : List.of("RBC", "WBC", "Platelets").get(i % 3));
        }
        assertEquals(expected, labels(output));

        List<String> rest = new ArrayList<>(List.of("@wait=11"));
        rest.addAll(keys(11, IMAGES));
        rest.addAll(List.of("@shoot=labelled", "@close"));
        Result result = app.withDisplay(display.number(), LabellingDriver.class, arguments(options(output), rest));
        assertEquals(0, result.status(), result.toString());
        for (int i = 11; i < IMAGES; i++) {
            expected.put("../images/" + name(i), List.of("RBC", "WBC", "Platelets").get(i % 3));
        }
        assertEquals(expected, labels(output));
        assertTrue(result.out().contains("ended=true") && result.out().contains("status=0"), result.toString());
        assertTrue(result.out().contains("log=20 of 20 images have a class; the set is " + output.resolve("labels.csv")), result.toString());
        assertFalse(result.out().contains("image="), "the window is closed and nothing else was opened: " + result);
    }

    @Test
    void skippedImagesComeBackAndBrokenOnesAreListed() throws Exception {
        Path images = folder.resolve("few");
        for (int i = 0; i < 3; i++) {
            image(images, i);
        }
        Files.writeString(images.resolve("01b.png"), "broken");
        Path output = folder.resolve("skipped");
        String options = "input=[" + images + "] class_names=a,b output=[" + output + "]";
        Result result = app.withDisplay(display.number(), LabellingDriver.class, arguments(options,
            List.of("right", "@title=01.png", "@hold=2", "@wait=1", "@title=02.png", "2", "@wait=2", "@title=00.png", "1", "@wait=3",
                "u", "@wait=2", "left", "@title=00.png", "2", "@wait=3", "@close")));
        assertEquals(0, result.status(), result.toString());
        assertEquals(Map.of("../few/00.png", "b", "../few/01.png", "b", "../few/02.png", "b"), labels(output));
        assertTrue(result.out().contains("status=3") && result.out().contains("01b.png: Cannot read"), result.toString());
    }
}
