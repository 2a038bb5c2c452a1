package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.CellSet;
import io.github.lesionj.door.CellSet.Cell;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyDetector;
import io.github.lesionj.modelpackage.PackageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Evaluate Model...} with a detector whose answer everybody can work out, its network run by TensorFlow. */
@ExtendWith(Door.Extension.class)
class EvaluateDetectorIT {

    @TempDir
    private Path folder;
    private Path model;
    private Path set;

    @BeforeEach
    void make() {
        model = new TinyDetector("cells").write(folder.resolve("models"));
        set = CellSet.ofThree(folder.resolve("set")).folder();
    }

    private Door.Run evaluate(Door door, Object data, Object... more) {
        return door.run(EvaluateModel.class, Stream.concat(Stream.of("model", model, "data", data, "output", folder.resolve("out"), "bootstrap", 100),
            Stream.of(more)).toArray());
    }

    @Test
    void figuresAndFiles(Door door) throws IOException {
        Door.Run run = evaluate(door, set, "operating_point", "false_alarms:0.5");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        Path out = folder.resolve("out");
        assertEquals(0.75, ResultFiles.json(out.resolve("metrics.json")).get("map50").getAsDouble(), 1e-6);
        assertTrue(run.out().startsWith("3 images, 4 objects, threshold 0.500"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("recall +0\\.5000 +0\\.\\d+ to .*")), run.out());
        assertTrue(run.out().contains("The new model cells-calibrated is in "), run.out());
        // one false alarm on three images: from the first of 0.80 on
        assertEquals((1 + 0.803922) / 2, new PackageReader().open(out.resolve("model")).card().threshold(), 1e-5);
        for (String file : new String[] {"audit.csv", "audit/b.png.png", "plots/froc.png", "plots/precision_recall.png", "coco.json", "index.html"}) {
            assertTrue(Files.exists(out.resolve(file)), file);
        }
        ResultsTable table = Analyzer.getResultsTable();
        assertEquals("map50", table.getStringValue("figure", 0));
        assertEquals("ap50 dark", table.getStringValue("figure", table.size() - 1));
        assertEquals(1, table.getValue("value", table.size() - 1), 1e-6);
    }

    @Test
    void theThresholdOfThisRun(Door door) {
        assertEquals(ExitStatus.DONE, evaluate(door, set, "threshold", "0.25").status());
        assertEquals(0.75, ResultFiles.json(folder.resolve("out/metrics.json")).get("recall").getAsDouble(), 1e-6);
        assertEquals(0.5, new PackageReader().open(model).card().threshold(), "the model never changes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "calibrate|temperature|calibrate=temperature is for classifiers", "positive|bright|positive=bright speaks of whole images",
        "aggregate|max|aggregate=max speaks of whole images", "abstain|0.6|abstain=0.6 speaks of whole images",
        "operating_point|youden|operating_point=youden is not understood for a detector; use none, f1, precision:0.9",
        "threshold|2|threshold=2 must lie between 0 and 1", "um_per_px|0.5|um_per_px=0.5 cannot be followed",
        "class_names|cat,dog|The label"})
    void whatCannotBeAskedOfADetector(String key, String value, String sentence, Door door) {
        Door.Run run = evaluate(door, set, key, key.equals("um_per_px") ? Double.valueOf(value) : value);
        assertTrue(run.sentence().contains(sentence), run.toString());
        assertEquals(key.equals("um_per_px") ? ExitStatus.FAILED : ExitStatus.USAGE, run.status(), run.toString());
    }

    @Test
    void modelsAndDataThatDoNotGoTogether(Door door) throws IOException {
        TestImages.flat(folder.resolve("classes/lesion/a.png"), 255);
        Door.Run labels = evaluate(door, folder.resolve("classes"));
        assertEquals(ExitStatus.USAGE, labels.status());
        assertTrue(labels.sentence().contains("has no boxes, and the model cells is a detector"), labels.sentence());
        Door.Run boxes = door.run(EvaluateModel.class, "model", "brightness", "data", set, "output", folder.resolve("out"));
        assertTrue(boxes.status() == ExitStatus.USAGE && boxes.sentence().contains("marks objects by boxes"), boxes.toString());
        Door.Run two = door.run(EvaluateModel.class, "model", "brightness," + model, "data", set, "output", folder.resolve("out"));
        assertTrue(two.status() == ExitStatus.USAGE && two.sentence().contains("Detectors are judged one by one"), two.toString());
        Door.Run scale = door.run(EvaluateModel.class, "model", "brightness", "data", folder.resolve("classes"), "output", folder.resolve("out"), "um_per_px", 0.5);
        assertTrue(scale.status() == ExitStatus.USAGE && scale.sentence().contains("um_per_px= is for detectors"), scale.toString());
    }

    @Test
    void someAndAllImagesBroken(Door door) throws IOException {
        Files.write(set.resolve("images/b.png"), new byte[] {1, 2, 3});
        Door.Run some = evaluate(door, set);
        assertEquals(ExitStatus.PARTIAL, some.status());
        assertTrue(some.err().startsWith("b.png: "), some.err());
        Path broken = new CellSet(folder.resolve("broken")).image("x.png", 8, 8, new Cell(0, 0, 255, "bright")).folder();
        Files.write(broken.resolve("images/x.png"), new byte[] {1, 2, 3});
        Door.Run all = door.run(EvaluateModel.class, "model", model, "data", broken, "output", folder.resolve("none"));
        assertEquals(ExitStatus.FAILED, all.status());
        assertTrue(all.sentence().contains("x.png: Cannot read"), all.sentence());
    }
}
