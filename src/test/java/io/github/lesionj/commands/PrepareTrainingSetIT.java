package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.image.RoiFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code Prepare Training Set...} without a display: ROIs and label images become crops with classes. */
@ExtendWith(Door.Extension.class)
class PrepareTrainingSetIT {

    @TempDir
    private Path folder;

    private Path output() {
        return folder.resolve("set");
    }

    private Door.Run prepare(Door door, ImagePlus image, Object... more) {
        Object[] keys = new Object[4 + more.length];
        System.arraycopy(new Object[] {"output", output(), "margin", "0"}, 0, keys, 0, 4);
        System.arraycopy(more, 0, keys, 4, more.length);
        return image == null ? door.run(PrepareTrainingSet.class, keys) : door.runOn(image, PrepareTrainingSet.class, keys);
    }

    private static Roi named(String name, int x, int y, int edge) {
        Roi roi = new Roi(x, y, edge, edge);
        roi.setName(name);
        return roi;
    }

    /** White at 32, 16 with an edge of 16 px. */
    private static ImagePlus square(Roi... rois) {
        ImagePlus image = new ImagePlus("square.tif", TestImages.square(64, 64, 32, 16, 255));
        Overlay overlay = new Overlay();
        List.of(rois).forEach(overlay::add);
        image.setOverlay(overlay);
        return image;
    }

    private String table() throws Exception {
        return Files.readString(output().resolve("labels.csv"));
    }

    @Test
    void namedRoisBecomeCropsInTheirClass(Door door) throws Exception {
        Door.Run run = prepare(door, square(named("bright", 32, 16, 16), named("dark-1", 0, 0, 8), named("0007-0012", 5, 5, 9),
            named("dark-2", 50, 50, 20)), "rois", "overlay");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals("path,label,group\nbright/square.tif_bright.png,bright,square.tif\ndark/square.tif_dark-1.png,dark,square.tif\n"
            + "dark/square.tif_dark-2.png,dark,square.tif\n", table());
        assertTrue(run.out().contains("bright") && run.out().contains("dark"), run.out());
        assertTrue(run.err().contains("1 object has no class: square.tif_0007-0012.png."), run.err());
        assertTrue(Files.exists(output().resolve("unlabelled/square.tif_0007-0012.png")));
        ImagePlus crop = new Opener().openImage(output().resolve("bright/square.tif_bright.png").toString());
        assertEquals(List.of(16, 16, 8), List.of(crop.getWidth(), crop.getHeight(), crop.getBitDepth()));
        assertEquals(255, crop.getStatistics().min);
        LabelledSet set = LabelledSets.open(DataReference.parse(output().resolve("labels.csv").toString()), ClassNaming.FREE);
        assertArrayEquals(new int[] {1, 2}, set.counts());
        assertEquals(List.of("square.tif"), set.items().stream().map(item -> item.group()).distinct().toList());
        assertTrue(Files.readString(output().resolve("prepared.json")).contains("A square around the bounds of each object"));
    }

    @Test
    void theSetGrowsAndAnImagePreparedAgainReplacesItsCrops(Door door) throws Exception {
        prepare(door, square(named("bright", 32, 16, 16), named("dark", 0, 0, 8)), "rois", "overlay");
        ImagePlus other = square(named("bright", 32, 16, 8));
        other.setTitle("other.tif");
        prepare(door, other, "rois", "overlay");
        prepare(door, square(named("bright", 30, 14, 16)), "rois", "overlay");
        assertEquals("path,label,group\nbright/other.tif_bright.png,bright,other.tif\nbright/square.tif_bright.png,bright,square.tif\n", table());
        assertFalse(Files.exists(output().resolve("dark/square.tif_dark.png")), "it is not in the set any more");
        assertEquals(List.of(), ResultFiles.leftovers(output()));
    }

    @Test
    void classificationsCorrectedByTheUserAreATrainingSet(Door door) throws Exception {
        ImagePlus image = square(named("a", 32, 16, 16), named("b", 0, 0, 8), named("c", 50, 50, 8));
        door.runOn(image, ClassifyImage.class, "model", "brightness", "rois", "overlay", "margin", "0");
        image.getOverlay().get(2).setName("lesion");
        prepare(door, image, "rois", "overlay", "class_names", "normal,lesion");
        assertEquals("path,label,group\nlesion/square.tif_a.png,lesion,square.tif\nnormal/square.tif_b.png,normal,square.tif\n"
            + "lesion/square.tif_lesion.png,lesion,square.tif\n", table());
    }

    @Test
    void theMarginGoesWithTheModel(Door door) throws Exception {
        for (int i = 0; i < 4; i++) {
            ImagePlus image = square(named("bright", 32, 16, 16), named("dark", i, 0, 8));
            image.setTitle(i + ".tif");
            // equal crops would belong together
            image.getProcessor().set(i + 1, 1, 50 + i);
            image.getProcessor().set(40, 20, 50 + i);
            assertEquals(ExitStatus.DONE, prepare(door, image, "rois", "overlay", "margin", "12.5").status());
        }
        Door.Run trained = door.run(TrainClassifierCommand.class, "data", output().resolve("labels.csv"), "output", folder.resolve("trained"),
            "positive", "dark", "validation", "0.25", "size", 16, "epochs", 1, "batch", 4, "options", "width=4,depth=1,stages=2");
        assertEquals(ExitStatus.DONE, trained.status(), trained.sentence());
        Path model = folder.resolve("trained/model");
        assertTrue(Files.readString(model.resolve("rdf.yaml")).contains("margin: 12.5\n"));
        Door.Run taken = door.runOn(square(named("a", 32, 16, 16)), ClassifyImage.class, "model", model, "rois", "overlay", "output",
            folder.resolve("taken"));
        assertTrue(taken.err().contains("The ROIs are cut with margin=12.5, as the crops were that "), taken.err());
        assertTrue(ResultFiles.ledger(folder.resolve("taken")).get("crop").getAsString().contains("12.5 percent"));
        Door.Run other = door.runOn(square(named("a", 32, 16, 16)), ClassifyImage.class, "model", model, "rois", "overlay", "margin", "20",
            "output", folder.resolve("other"));
        assertTrue(other.err().contains("The ROIs are cut with margin=20, but ") && other.err().contains(" crops with margin=12.5."), other.err());
        assertTrue(ResultFiles.ledger(folder.resolve("other")).get("crop").getAsString().contains("20 percent"));
        Door.Run unknown = door.runOn(square(named("a", 32, 16, 16)), ClassifyImage.class, "model", "brightness", "rois", "overlay", "output",
            folder.resolve("unknown"));
        assertFalse(unknown.err().contains("margin"), unknown.err());
        assertTrue(ResultFiles.ledger(folder.resolve("unknown")).get("crop").getAsString().contains("20 percent"));
    }

    @Test
    void filesWithOverlaysOrZips(Door door) throws Exception {
        Path input = Files.createDirectories(folder.resolve("in/sub")).getParent();
        new FileSaver(square(named("bright", 32, 16, 16))).saveAsTiff(input.resolve("sub/a.tif").toString());
        new FileSaver(square()).saveAsPng(input.resolve("b.png").toString());
        Files.writeString(input.resolve("c.png"), "broken");
        RoiFiles.write(folder.resolve("rois/b.zip"), List.of(named("dark", 0, 0, 8), named("dark", 200, 0, 8)));
        RoiFiles.write(folder.resolve("rois/sub/a.tif.zip"), List.of(named("bright", 40, 20, 8)));
        Door.Run run = prepare(door, null, "input", input, "rois", folder.resolve("rois"));
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals("path,label,group\ndark/b.png_dark.png,dark,b.png\nbright/sub/a.tif_bright.png,bright,sub/a.tif\n", table());
        assertTrue(run.err().contains("b.png_dark-2: The object lies outside the image") && run.err().contains("c.png: Cannot read"), run.err());
        Door.Run overlay = prepare(door, null, "input", input, "rois", "overlay", "output", folder.resolve("second"));
        assertEquals(ExitStatus.PARTIAL, overlay.status(), overlay.sentence());
        assertEquals(2, Csv.read(folder.resolve("second/labels.csv")).size());
    }

    private Path labelImages(int... values) throws Exception {
        Path input = Files.createDirectories(folder.resolve("in"));
        Path labels = Files.createDirectories(folder.resolve("labels"));
        new FileSaver(square()).saveAsPng(input.resolve("a.png").toString());
        ShortProcessor drawn = new ShortProcessor(64, 64);
        for (int i = 0; i < values.length; i++) {
            drawn.setRoi(20 * i, 10, 10, 10);
            drawn.set(0);
            drawn.setColor(values[i]);
            drawn.fill();
        }
        new FileSaver(new ImagePlus("labels", drawn)).saveAsTiff(labels.resolve("a.tif").toString());
        return input;
    }

    @Test
    void theValuesOfLabelImagesAreTheClasses(Door door) throws Exception {
        Path input = labelImages(2, 1, 2);
        Door.Run run = prepare(door, null, "input", input, "labels", folder.resolve("labels"), "class_names", "benign,malignant");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence() + run.err());
        assertEquals("path,label,group\nmalignant/a.png_1.png,malignant,a.png\nbenign/a.png_2.png,benign,a.png\n"
            + "malignant/a.png_3.png,malignant,a.png\n", table());
        Door.Run unnamed = prepare(door, null, "input", input, "labels", folder.resolve("labels"), "class_names", "benign", "output",
            folder.resolve("second"));
        assertEquals(ExitStatus.FAILED, unnamed.status());
        assertTrue(unnamed.sentence().contains("has the value 2, but class_names names 1 classes"), unnamed.sentence());
    }

    @Test
    void orATableNamesTheClassOfEachObject(Door door) throws Exception {
        Path input = labelImages(7, 300, 12);
        Files.writeString(folder.resolve("labels/classes.csv"), "path,object,label\na.tif,7,mitosis\na.tif,300,other\n");
        Door.Run run = prepare(door, null, "input", input, "labels", folder.resolve("labels"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals("path,label,group\nmitosis/a.png_1.png,mitosis,a.png\nother/a.png_3.png,other,a.png\n", table());
        assertTrue(run.err().contains("1 object has no class: a.png_2.png"), run.err());
        Files.writeString(folder.resolve("labels/classes.csv"), "path,label\n");
        assertEquals(ExitStatus.USAGE, prepare(door, null, "input", input, "labels", folder.resolve("labels")).status());
    }

    @Test
    void withoutClassesTheCropsWaitForTheKeys(Door door) throws Exception {
        Door.Run run = prepare(door, null, "input", labelImages(1, 2, 3), "labels", folder.resolve("labels"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertFalse(Files.exists(output().resolve("labels.csv")));
        assertEquals("path,label,group\na.png_1.png,,a.png\na.png_2.png,,a.png\na.png_3.png,,a.png\n",
            Files.readString(output().resolve("unlabelled/objects.csv")));
    }

    @Test
    void labelImagesThatDoNotFitAreListed(Door door) throws Exception {
        Path input = labelImages(1);
        new FileSaver(new ImagePlus("b", new ByteProcessor(10, 10))).saveAsPng(input.resolve("b.png").toString());
        ByteProcessor drawn = new ByteProcessor(20, 20);
        drawn.set(3, 3, 1);
        new FileSaver(new ImagePlus("b", drawn)).saveAsTiff(folder.resolve("labels/b.tif").toString());
        new FileSaver(new ImagePlus("c", new ByteProcessor(10, 10))).saveAsPng(input.resolve("c.png").toString());
        Door.Run run = prepare(door, null, "input", input, "labels", folder.resolve("labels"));
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertTrue(run.err().contains("has 20 x 20 px, but its image 10 x 10"), run.err());
        assertTrue(run.err().contains("c.png: There is no label image"), run.err());
    }

    @Test
    void wrongUseIsSaid(Door door) throws Exception {
        Path input = labelImages(1);
        assertUsage(prepare(door, null, "input", input, "class_names", "a,b"), "Labelling by keys needs a display. Without one name objects with "
            + "rois=overlay, rois=FILE.zip or labels=FOLDER, or write the classes into a CSV");
        assertUsage(prepare(door, null), "Nothing says what to label");
        assertUsage(prepare(door, null, "rois", "overlay"), "There is no image: open one");
        assertUsage(prepare(door, square(), "rois", "manager"), "Without a display there is no ROI Manager");
        assertUsage(prepare(door, null, "input", input, "rois", "manager"), "Without a display there is no ROI Manager");
        assertUsage(prepare(door, null, "input", input, "rois", "overlay", "labels", folder.resolve("labels")), "not from both");
        assertUsage(prepare(door, null, "input", input, "labels", folder.resolve("nosuch")), "There is no folder");
        assertUsage(prepare(door, null, "input", input, "rois", "overlay", "output", ""), "name one with output=");
        assertUsage(prepare(door, null, "input", input, "rois", "overlay", "output", input.resolve("set")), "lies in the input folder");
        assertFalse(Files.exists(output()));
    }

    private static void assertUsage(Door.Run run, String part) {
        assertEquals(ExitStatus.USAGE, run.status(), run.sentence());
        assertTrue(run.sentence().contains(part), run.sentence());
    }

    /** As many crops of each image as the index counts nuclei. */
    @Test
    void nucleiOfTheDataScienceBowl(Door door) throws Exception {
        Path data = Path.of(System.getProperty("lesionj.shared"), "data", "dsb2018-nuclei");
        Assumptions.assumeTrue(Files.isDirectory(data), "the nuclei are not here");
        Map<String, Integer> nuclei = new TreeMap<>();
        List<List<String>> index = Csv.read(data.resolve("index.csv"));
        Path input = Files.createDirectories(folder.resolve("in"));
        for (List<String> row : index.subList(1, 8)) {
            nuclei.put(row.get(0) + ".png", Integer.parseInt(row.get(index.get(0).indexOf("instances"))));
            Files.copy(data.resolve("images").resolve(row.get(0) + ".png"), input.resolve(row.get(0) + ".png"));
        }
        Door.Run run = prepare(door, null, "input", input, "labels", data.resolve("labels"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        List<List<String>> crops = Csv.read(output().resolve("unlabelled/objects.csv"));
        assertEquals(nuclei, crops.stream().skip(1).collect(Collectors.toMap(row -> row.get(2), row -> 1, Integer::sum, TreeMap::new)));
    }
}
