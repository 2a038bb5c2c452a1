package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.lesionj.commands.CommandKey;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.PhantomSet;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.RectangleSet;
import io.github.lesionj.door.TinyDetector;
import io.github.lesionj.ij1.TestApp.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of plugins.config from its dialog in a plain ImageJ with a (virtual) display, beside the same keys given to
 * SciJava's services in a bare context. One ImageJ runs them all, one after the other, as a user does.
 */
@ExtendWith(Door.Extension.class)
class EveryCommandIT {

    private static final String CLASSIFY = "Classify Image...";
    private static final String DETECT = "Detect Lesions...";
    private static final String TRAIN = "Train Classifier...";
    private static final String TRAIN_DETECTOR = "Train Detector...";
    private static final String EVALUATE = "Evaluate Model...";
    private static final String SUGGEST = "Suggest Model...";
    private static final String PREPARE = "Prepare Training Set...";
    private static final String BALANCE = "Analyze Class Balance...";
    private static final String MANAGE = "Manage Models...";
    private static final String DEVICES = "Devices and Runtime...";

    @TempDir
    private static Path folder;
    private static TestApp app;
    private static VirtualDisplay display;
    private static List<Section> sections;

    /** What the driver told after one command. */
    private record Section(String label, Map<String, String> lines) {

        String line(String name) {
            return lines.getOrDefault(name, "");
        }
    }

    @BeforeAll
    static void driveAll(Door door) throws Exception {
        display = VirtualDisplay.open();
        app = new TestApp(folder);
        PhantomSet.write(folder.resolve("phantoms"), 8, 1, 40, 40, Progress.NONE);
        new FileSaver(new ImagePlus("bright", new ByteProcessor(64, 48, filled()))).saveAsPng(folder.resolve("bright.png").toString());
        objects(folder.resolve("objects"));
        new TinyDetector("tiny-cells").write(door.models());
        new RectangleSet(64, 8, 3).voc(folder.resolve("rectangles"));
        List<String> words = new ArrayList<>(List.of(screenshots()));
        for (String label : labels()) {
            words.add(label);
            settings(label, "by dialog").forEach((key, value) -> words.add(key + "=" + value));
            words.add("---");
        }
        words.addAll(List.of(CLASSIFY, "@image=" + folder.resolve("bright.png"), "input=", "output=", "explain=attention", "---"));
        words.addAll(List.of(CLASSIFY, "input=", "output=", "explain=cam", "---"));
        words.addAll(List.of(CLASSIFY, "model=nosuch", "input=", "output=", "---"));
        words.addAll(List.of(TRAIN, "data=" + folder.resolve("phantoms"), "output=" + folder.resolve("escaped"), "epochs=10000",
            "advanced=true", "options=width=4,depth=1", "size=28", "batch=4", "@escape=epoch 2/", "---"));
        words.add(EVALUATE);
        settings(EVALUATE, "by dialog").forEach((key, value) -> words.add(key + "=" + value));
        words.add("@doubleclick=Worst errors");
        Result result = app.withDisplay(Map.of("DISPLAY", display.number(), "LESIONJ_MODELS", door.models().toString()),
            DialogDriver.class, words.toArray(new String[0]));
        assertEquals(0, result.status(), result.toString());
        sections = sections(result.out());
    }

    private static void objects(Path objects) throws IOException {
        Files.createDirectories(objects);
        ImagePlus image = new ImagePlus("cells", new ByteProcessor(64, 48, filled()));
        Roi bright = new Roi(2, 10, 16, 20);
        bright.setName("bright-1");
        Roi dark = new Roi(40, 10, 12, 12);
        dark.setName("dark");
        Overlay overlay = new Overlay(bright);
        overlay.add(dark);
        image.setOverlay(overlay);
        new FileSaver(image).saveAsTiff(objects.resolve("cells.tif").toString());
    }

    @AfterAll
    static void end() throws Exception {
        if (display != null) {
            display.close();
            app.close();
        }
    }

    private static String screenshots() {
        return Path.of(System.getProperty("lesionj.app")).resolveSibling("dialogs").toString();
    }

    private static byte[] filled() {
        byte[] pixels = new byte[64 * 48];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 64 < 20 ? 250 : 150);
        }
        return pixels;
    }

    static List<String> labels() throws IOException {
        return CommandLabels.all().stream().filter(label -> !label.equals("Probe...")).toList();
    }

    /** A value for every key of a command, none of them the default where there is another. */
    private static Map<String, String> settings(String label, String run) {
        String phantoms = folder.resolve("phantoms").toString();
        String output = folder.resolve(run).resolve(label.replaceAll("\\W+", "")).toString();
        return switch (label) {
            case CLASSIFY -> map("input", phantoms, "model", "brightness", "output", output, "explain", "cam", "channel", "1",
                "rois", "none", "margin", "30", "device", "cpu", "batch", "3", "seed", "5");
            case DETECT -> map("input", phantoms, "model", "tiny-cells", "output", output, "threshold", "0.2", "nms", "0.4", "channel", "1",
                "um_per_px", "0", "device", "cpu", "max_detections", "500", "batch", "3", "seed", "5", "preview", "false");
            case TRAIN_DETECTOR -> map("data", folder.resolve("rectangles").toString(), "validation", "#val", "output", output, "architecture", "yolo",
                "size", "64", "scale", "1", "epochs", "1", "augment", "strong,flip_x", "install", "false", "model_name", run.replace(' ', '-'), "batch", "3",
                "learning_rate", "0.01", "weight_decay", "0.1", "channels", "1", "intensity", "zscore", "class_names", "dark,bright",
                "options", "width=4,neck=8,strides=4;8", "initial_weights", "", "resume", "auto", "licence", "CC0-1.0", "attribution", "drawn",
                "seed", "7", "device", "cpu", "loss", "focal", "focal_alpha", "0.3", "focal_gamma", "1.5", "coordinates", "mse", "negatives", "hard",
                "anchors", "", "optimizer", "sgd", "momentum", "0.8", "warmup", "0.1", "schedule", "constant", "clip", "2", "ema", "0.9",
                "accumulate", "2", "patience", "3", "backbone", "train", "backbone_rate", "0.5");
            case TRAIN -> map("data", phantoms, "validation", "0.25", "output", output, "architecture", "explainable-cnn", "size", "28",
                "epochs", "1", "augment", "rotation:5", "positive", "lesion", "install", "true", "model_name", run.replace(' ', '-'),
                "batch", "4", "learning_rate", "0.01", "weight_decay", "0.1", "dropout", "0.1", "label_smoothing", "0", "channels", "1",
                "resize", "stretch", "intensity", "zscore", "class_names", "lesion,normal", "options", "width=4,depth=1",
                "initial_weights", "", "resume", "auto", "licence", "CC0-1.0", "attribution", "phantoms, drawn", "seed", "7", "device", "cpu",
                "loss", "focal", "focal_alpha", "0.25,0.75", "focal_gamma", "1.5", "class_weights", "inverse", "sampler", "balanced",
                "samples_per_class", "2", "mixup", "0.2", "optimizer", "sgd", "momentum", "0.8", "warmup", "0.1", "schedule", "constant",
                "clip", "2", "ema", "0.9", "accumulate", "2", "patience", "3", "backbone", "train", "backbone_rate", "0.5", "head", "plain",
                "folds", "0", "fold_by", "group");
            case EVALUATE -> map("model", "brightness", "data", phantoms, "output", output, "positive", "lesion", "threshold", "0.4",
                "aggregate", "max", "calibrate", "none", "operating_point", "youden", "abstain", "0.6", "worst", "3", "class_names",
                "lesion,normal", "bootstrap", "50", "channel", "1", "um_per_px", "0", "batch", "4", "seed", "3", "device", "cpu");
            case SUGGEST -> map("data", phantoms, "class_names", "lesion,normal", "task", "classification", "output", output,
                "train", "false", "seed", "3");
            case PREPARE -> map("input", folder.resolve("objects").toString(), "rois", "overlay", "labels", "", "write", "crops", "class_names", "dark,bright",
                "output", output, "margin", "30", "channel", "1");
            case BALANCE -> map("data", phantoms, "class_names", "lesion,normal", "output", output);
            case MANAGE -> map("action", "verify", "model", "brightness", "output", output, "device", "cpu");
            case DEVICES -> map("output", output + ".json");
            default -> throw new AssertionError(label + " is new: give its keys here");
        };
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static List<Section> sections(String out) {
        List<Section> sections = new ArrayList<>();
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : out.lines().filter(line -> line.contains("=")).toList()) {
            String[] parts = line.split("=", 2);
            lines.merge(parts[0], parts[1].replace("\\n", "\n").replace("\\\\", "\\"), (first, second) -> first + "\n" + second);
            if (parts[0].equals("log")) {
                sections.add(new Section(lines.get("ended"), Map.copyOf(lines)));
                lines.clear();
            }
        }
        sections.add(new Section("", lines));
        return sections;
    }

    private static Section section(int index) {
        return sections.get(index);
    }

    @ParameterizedTest
    @MethodSource("labels")
    void theDialogGivesTheSameAsTheCommandService(String label, Door door) throws Exception {
        Section section = sections.stream().filter(each -> each.label().equals(label)).findFirst().orElseThrow();
        assertEquals("0", section.line("status"), section.toString());
        Map<String, String> settings = settings(label, "by script");
        Class<? extends LesionCommand> command = new CommandRunner(door.context()).create(label).getClass();
        assertEquals(keys(command), settings.keySet(), "every key of the dialog is set");

        List<Object> inputs = new ArrayList<>();
        settings.forEach((key, value) -> inputs.addAll(List.of(key, value)));
        Door.Run run = door.run(command, inputs.toArray());
        assertEquals("", run.sentence());
        compare(label, section, "by script", run.out());
    }

    /** The lines that the recorder wrote for the dialogs, each with other folders, in one headless ImageJ. */
    @Test
    void allRecordedLinesReplayHeadless(Door door) throws Exception {
        String recorded = sections.get(sections.size() - 1).line("recorded");
        List<String> lines = new ArrayList<>();
        for (String label : labels()) {
            String line = recorded.lines().filter(each -> each.startsWith("run(\"" + label + "\"") && each.contains(settings(label, "by dialog")
                .get("output"))).findFirst().orElseThrow(() -> new AssertionError(label + " was not recorded: " + recorded));
            lines.add("print(\"" + label + "\");");
            lines.add(line.replace("by dialog", "by replay").replace("by-dialog", "by-replay"));
        }
        Files.write(folder.resolve("replay all.ijm"), lines);
        Result result = app.lesionj(Map.of("LESIONJ_MODELS", door.models().toString()), "replay all.ijm");
        assertEquals(0, result.status(), result.toString());
        for (String label : labels()) {
            String[] parts = result.out().split("(?m)^" + Pattern.quote(label) + "$");
            Section section = sections.stream().filter(each -> each.label().equals(label)).findFirst().orElseThrow();
            compare(label, section, "by replay", parts[1].split("(?m)^[A-Z][A-Za-z ]+\\.\\.\\.$")[0]);
        }
    }

    private static Set<String> keys(Class<? extends LesionCommand> command) {
        return CommandKey.of(command).stream().map(key -> key.name())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void compare(String label, Section section, String run, String out) throws IOException {
        Path dialog = Path.of(settings(label, "by dialog").get("output"));
        Path script = Path.of(settings(label, run).get("output"));
        switch (label) {
            case CLASSIFY -> assertSame(dialog, script, "results.csv", "failures.csv");
            case DETECT -> assertSame(dialog, script, "results.csv", "images.csv", "coco.json");
            case TRAIN, TRAIN_DETECTOR -> assertSame(dialog, script, "model/weights.safetensors", "metrics.json", "results.csv");
            case EVALUATE -> assertSame(dialog, script, "results.csv", "scores.csv", "metrics.json", "worst.csv", "model/rdf.yaml");
            case SUGGEST -> assertEquals(suggestion(script).replace(run.replace(" ", "%20"), "by%20dialog").replace(run, "by dialog"),
                suggestion(dialog));
            case PREPARE -> assertSame(dialog, script, "labels.csv", "bright/cells.tif_bright-1.png", "dark/cells.tif_dark.png");
            case BALANCE -> assertSame(dialog, script, "class_balance.csv");
            case DEVICES -> assertEquals(withoutMeasurements(script), withoutMeasurements(dialog));
            default -> assertEquals(out.strip(), section.line("log"));
        }
    }

    private static void assertSame(Path dialog, Path script, String... files) throws IOException {
        for (String file : files) {
            assertArrayEquals(Files.readAllBytes(script.resolve(file)), Files.readAllBytes(dialog.resolve(file)), file);
        }
    }

    /** Each process has its own memory. */
    private static String suggestion(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("suggestion.json")).stream().filter(line -> !line.contains("Java may use"))
            .collect(Collectors.joining("\n"));
    }

    private static List<String> withoutMeasurements(Path json) throws IOException {
        return Files.readAllLines(json).stream().filter(line -> !line.matches(".*\"(self-test|memory|LesionJ).*")).toList();
    }

    @Test
    void theActiveImageGetsOverlayOutlineAndTable() throws Exception {
        Section first = section(labels().size());
        assertEquals("[heat map, outline, legend, legend, legend, legend, legend]", first.line("overlay"));
        assertTrue(first.line("rois").matches("\\[lesion 0\\.\\d+ attention>=.*]"), first.line("rois"));
        double mean = (20 * 250 + 44 * 150) / 64.0 / 255;
        String[] row = first.line("table").lines().toList().get(1).split(",");
        assertEquals("bright.png,lesion", row[0] + "," + row[1]);
        assertEquals(mean, Double.parseDouble(row[2]), 2e-3, "the network's answer is the mean; 20 and 44 px are not whole cells of it");
        double zoom = Double.parseDouble(first.line("image").replaceAll(".*zoom ", ""));
        assertTrue(48 * zoom >= 400, "the legend of a small image can be read: zoom " + zoom);
    }

    @Test
    void aDoubleClickOnAWorstErrorOpensItWithItsMap() throws Exception {
        Section evaluated = section(labels().size() + 4);
        assertEquals("0", evaluated.line("status"));
        String worst = Csv.read(Path.of(settings(EVALUATE, "by dialog").get("output")).resolve("worst.csv")).get(1).get(0);
        assertEquals(worst, evaluated.line("opened"));
        assertTrue(evaluated.line("overlay").contains("heat map"), evaluated.line("overlay"));
    }

    @Test
    void theNextRunTakesTheFormerOutlinesPlace() throws Exception {
        Section second = section(labels().size() + 1);
        assertEquals("[heat map, outline, legend, legend, legend, legend, legend]", second.line("overlay"));
        assertTrue(second.line("rois").matches("\\[lesion 0\\.\\d+ cam>=[^,]*]"), second.line("rois"));
    }

    @Test
    void theRecordedLineReplaysHeadless(Door door) throws Exception {
        Path image = folder.resolve("bright.png");
        String recorded = sections.get(sections.size() - 1).line("recorded").lines()
            .filter(line -> line.contains("explain=attention")).findFirst().orElseThrow();
        Files.writeString(folder.resolve("replay.ijm"), "open(\"" + image + "\");\n" + recorded + """

            print(Table.headings);
            print(getResultString("image", 0) + " " + getResultString("label", 0) + " " + d2s(getResult("probability", 0), 6));
            print(Overlay.size);
            """);
        Result result = app.lesionj(Map.of("LESIONJ_MODELS", door.models().toString()), "replay.ijm");
        String[] row = section(labels().size()).line("table").lines().toList().get(1).split(",");
        assertEquals("", result.error());
        assertEquals(String.join(" ", row[0], row[1], row[2]), result.out().lines().toList().get(1));
        assertEquals("7", result.out().lines().toList().get(2).strip());
    }

    @Test
    void anErrorIsOneDialog() throws Exception {
        Section wrong = section(labels().size() + 2);
        assertEquals("2", wrong.line("status"));
        assertEquals(1, wrong.line("error").lines().count(), wrong.line("error"));
        assertTrue(wrong.line("error").startsWith("LesionJ: Classify Image...: ") && wrong.line("error").contains("nosuch"),
            wrong.line("error"));
    }

    @Test
    void escapeEndsATraining() throws Exception {
        Section escaped = section(labels().size() + 3);
        assertEquals("", escaped.line("error"));
        assertTrue(escaped.line("log").contains("Cancelled; the best epoch until then was kept."), escaped.line("log"));
        assertTrue(Files.readString(folder.resolve("escaped/run.json")).contains("\"status\": \"cancelled\""));
        assertTrue(Files.exists(folder.resolve("escaped/model/rdf.yaml")));
    }

    /** On disk too, though this ImageJ was never quit; a report's file is not offered as a folder for images. */
    @Test
    void eachCommandKeepsItsOwnOutput() throws Exception {
        Properties kept = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve(".imagej/IJ_Prefs.txt"))) {
            kept.load(in);
        }
        assertEquals(settings(DEVICES, "by dialog").get("output"), kept.getProperty(".lesionj.devices-and-runtime.output"));
        assertEquals("", kept.getProperty(".lesionj.classify-image.output"));
        assertEquals("brightness", kept.getProperty(".lesionj.model"), "not the one that does not exist");
    }

    @Test
    void aMapTooLargeToDrawIsSaid(Door door) throws Exception {
        Files.writeString(folder.resolve("vast.ijm"), """
            newImage("vast", "8-bit black", 8200, 8200, 1);
            run("Classify Image...", "model=brightness");
            print(Overlay.size);
            """);
        Result result = app.lesionj(Map.of("LESIONJ_MODELS", door.models().toString()), "vast.ijm");
        assertEquals(0, result.status(), result.error());
        assertTrue(result.error().startsWith("vast: the heat map of an image of more than 64 megapixels is not drawn"), result.error());
        assertTrue(Integer.parseInt(result.out().strip()) > 0, "its legend is");
    }
}
