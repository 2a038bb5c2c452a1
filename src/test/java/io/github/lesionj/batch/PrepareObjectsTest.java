package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.dataset.PreparedSet;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ObjectCrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which crop gets which class and group, and what becomes of a set that is there already. */
class PrepareObjectsTest {

    private static final ObjectCrop CROP = new ObjectCrop(0);

    @TempDir
    private Path folder;

    private Path output() {
        return folder.resolve("set");
    }

    private Path labels() {
        return folder.resolve("labels");
    }

    private String table() throws IOException {
        return Files.readString(output().resolve("labels.csv"));
    }

    private PrepareObjects.Prepared run(TrainingObjects objects, BatchInput... inputs) {
        return new PrepareObjects(objects, CROP, output()).run(new BatchInputs(folder, List.of(inputs), List.of()), Map.of(), Progress.NONE);
    }

    private static BatchInput[] greys(String... paths) {
        return Arrays.stream(paths).map(path -> GreyInput.of(path, 9)).toArray(BatchInput[]::new);
    }

    /** Each with one object, of the value 1. */
    private TrainingObjects labelImages(String classes, String... paths) throws IOException {
        for (String path : paths) {
            ByteProcessor drawn = new ByteProcessor(20, 20);
            drawn.set(3, 3, 1);
            Files.createDirectories(labels().resolve(path).getParent());
            TestImages.tiff(labels().resolve(path), new ImagePlus("", drawn));
        }
        Files.writeString(labels().resolve("classes.csv"), "path,object,label\n" + classes);
        return TrainingObjects.labelImages(labels(), new ImageFiles(), CROP, 0, List.of());
    }

    @Test
    void labelImagesOfOneNameInTwoFoldersHaveTheirOwnClasses() throws IOException {
        TrainingObjects objects = labelImages("./p1/a.tif,1,mitosis\np2\\a.tif,1,other\nb.tif,1,mitosis\nc.tif,1,other\n", "p1/a.tif", "p2/a.tif",
            "p2/b.tif", "c.tif", "p1/c.tif");
        assertEquals(List.of("p1/c.tif_1.png"),
            run(objects, greys("p1/a.tif", "p1/c.tif", "p2/a.tif", "p2/b.tif", "c.tif")).unlabelled(), "the table speaks of the other c.tif");
        assertEquals("path,label,group\nmitosis/p1/a.tif_1.png,mitosis,p1/a.tif\nother/p2/a.tif_1.png,other,p2/a.tif\n"
            + "mitosis/p2/b.tif_1.png,mitosis,p2/b.tif\nother/c.tif_1.png,other,c.tif\n", table());
    }

    private void assertRefused(String classes, String sentence) {
        String said = assertThrows(UsageException.class, () -> labelImages(classes, "p1/a.tif", "p2/a.tif")).getMessage();
        assertTrue(said.contains("Line 3 of") && said.endsWith(sentence), said);
    }

    @Test
    void aLineThatMayMeanTwoObjectsIsRefused() {
        assertRefused("p1/a.tif,1,mitosis\na.tif,1,other\n", " names a.tif, but there are p1/a.tif and p2/a.tif: write the path with its folder.");
        assertRefused("p1/a.tif,1,mitosis\np1/a.tif,01,other\n", " says that object 01 of p1/a.tif is other, but an earlier line says mitosis:"
            + " correct one of them.");
    }

    private static TrainingObjects rois(Roi... rois) {
        return TrainingObjects.rois(ObjectSource.of(List.of(rois), "none"), CROP, 0, List.of());
    }

    private static Roi roi(String name) {
        Roi roi = new Roi(2, 2, 5, 5);
        roi.setName(name);
        return roi;
    }

    @Test
    void aTableOfWholeImagesGetsAColumnForTheGroups() throws IOException {
        Files.createDirectories(output());
        Files.writeString(output().resolve("labels.csv"), "Path,label,reader\n../images/x.png,dark,anna\n../images/y.png,bright\n");
        run(rois(roi("dark"), roi("bright")), greys("a.tif"));
        assertEquals("path,label,reader,group\n../images/x.png,dark,anna,\n../images/y.png,bright,,\ndark/a.tif_dark.png,dark,,a.tif\n"
            + "bright/a.tif_bright.png,bright,,a.tif\n", table());
    }

    @Test
    void cropsWhoseImagesNobodyKnowsAreRefused() throws IOException {
        run(rois(roi("dark"), roi("bright")), greys("a.tif"));
        String narrow = table().replaceAll(",(group|a.tif)\n", "\n");
        Files.writeString(output().resolve("labels.csv"), narrow);
        String said = assertThrows(UsageException.class, () -> run(rois(roi("dark")), greys("a.tif"))).getMessage();
        assertTrue(said.contains("lists 2 images of its folder, but has no column group"), said);
        assertEquals(narrow, table());
    }

    @Test
    void cropsThatAreThereAlreadyAreReplacedAndThatIsSaid() throws IOException {
        run(rois(roi("dark"), roi("bright")), greys("a.tif", "b.tif"));
        String added = table().replace("dark/a.tif_dark.png,dark,a.tif", "dark/a.tif_dark.png,dark,");
        Files.writeString(output().resolve("labels.csv"), added);
        List<String> said = run(rois(roi("dark"), roi("odd")), greys("a.tif")).remarks();
        assertEquals("path,label,group\ndark/b.tif_dark.png,dark,b.tif\nbright/b.tif_bright.png,bright,b.tif\ndark/a.tif_dark.png,dark,a.tif\n"
            + "odd/a.tif_odd.png,odd,a.tif\n", table());
        assertEquals(List.of("2 crops that were in " + output().resolve("labels.csv") + " already were replaced."), said);
        assertFalse(Files.exists(output().resolve("bright/a.tif_bright.png")));
    }

    /** Cancelled before the second image's second object: what of it is done has no place in the table. */
    @Test
    void anImageThatWasCancelledWithinKeepsItsLines() throws IOException {
        run(rois(roi("dark"), roi("bright")), greys("a.tif", "b.tif"));
        AtomicInteger questions = new AtomicInteger(5);
        Progress impatient = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return questions.getAndDecrement() <= 0;
            }
        };
        PrepareObjects again = new PrepareObjects(rois(roi("dark"), roi("bright")), CROP, output());
        assertThrows(CancelledException.class, () -> again.run(new BatchInputs(folder, List.of(greys("a.tif", "b.tif")), List.of()), Map.of(),
            impatient));
        assertEquals("path,label,group\ndark/b.tif_dark.png,dark,b.tif\nbright/b.tif_bright.png,bright,b.tif\ndark/a.tif_dark.png,dark,a.tif\n"
            + "bright/a.tif_bright.png,bright,a.tif\n", table());
    }

    private LabelledSet read() {
        return LabelledSets.open(DataReference.parse(output().resolve("labels.csv").toString()), ClassNaming.FREE);
    }

    @Test
    void whatAMultiLabelModelGaveIsReadBackForTraining() throws IOException {
        List<String> said = run(rois(roi("mass;edema 0.90"), roi("mass"), roi("none")), greys("a.tif")).remarks();
        LabelledSet set = read();
        assertEquals(List.of("edema", "mass"), set.classNames());
        assertEquals(LabelKind.MULTI_LABEL, set.labelKind());
        assertEquals(List.of(Set.of(0, 1), Set.of(1), Set.of()), set.items().stream().map(LabelledItem::labels).toList());
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("1 of 3 objects have several classes, such as mass;edema/a.tif_mass;edema 0.90.png (mass;edema)"), said.get(0));
        assertEquals(List.of(), run(rois(roi("none"), roi("mass")), greys("b.tif")).remarks(), "the set is multi-label already");
        assertEquals(5, read().size());
    }

    @Test
    void noneIsAClassWhereEachObjectHasOneAndThatIsSaid() throws IOException {
        List<String> said = run(rois(roi("none"), roi("mass")), greys("a.tif")).remarks();
        assertEquals(List.of("mass", "none"), read().classNames());
        assertEquals(List.of("1 of 2 objects are named none, and none in the set has several classes: then none is trained as a class of its own."),
            said);
    }

    private double margin(double margin, String... paths) {
        new PrepareObjects(rois(roi("dark"), roi("bright")), new ObjectCrop(margin), output()).run(new BatchInputs(folder, List.of(greys(paths)),
            List.of()), Map.of(), Progress.NONE);
        return marginOf(output().resolve("labels.csv"));
    }

    private static double marginOf(Path data) {
        return PreparedSet.margin(data.toString(), LabelledSets.open(DataReference.parse(data.toString()), ClassNaming.parse("")));
    }

    @Test
    void theMarginIsKnownWhereAllCropsHaveIt() {
        assertEquals(7.5, margin(7.5, "a.tif"));
        assertEquals(7.5, margin(7.5, "b.tif"));
        assertEquals(Double.NaN, margin(20, "b.tif"));
        assertEquals(Double.NaN, margin(20, "c.tif"), "a.tif is still another");
        assertEquals(20, margin(20, "a.tif", "b.tif", "c.tif"));
        assertEquals(20, marginOf(output()));
    }

    /** Of what was labelled by keys, into a table elsewhere. */
    @Test
    void cropsThatHadNoClassKeepTheirMargin() throws IOException {
        new PrepareObjects(rois(new Roi(0, 0, 4, 4), new Roi(4, 4, 4, 4)), new ObjectCrop(12), output()).run(
            new BatchInputs(folder, List.of(greys("a.tif")), List.of()), Map.of(), Progress.NONE);
        List<Path> crops;
        try (Stream<Path> files = Files.walk(output().resolve("unlabelled"))) {
            crops = files.filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".csv")).sorted().toList();
        }
        assertEquals(2, crops.size());
        Path table = Files.createDirectory(folder.resolve("keys")).resolve("labels.csv");
        Files.writeString(table, "path,label\n" + crops.get(0) + ",dark\n" + crops.get(1) + ",bright\n");
        assertEquals(12, marginOf(table));
        Path other = folder.resolve("whole.png");
        Files.copy(crops.get(0), other);
        Files.writeString(table, other + ",dark\n", StandardOpenOption.APPEND);
        assertEquals(Double.NaN, marginOf(table), "whole.png is no crop");
    }
}
