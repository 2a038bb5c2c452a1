package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Arrow;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.RotatedRectRoi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.process.ByteProcessor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.geometry.TrueBox.Role;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.image.RoiMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of 32 x 24 px with ROIs. */
class RoiSetReaderTest {

    @TempDir
    Path folder;

    private LabelledSet open(String... names) {
        return LabelledSets.open(DataReference.parse(folder.toString()), new ClassNaming(List.of(names)));
    }

    private String refusal(String... names) {
        return assertThrows(UsageException.class, () -> open(names)).getMessage();
    }

    private static List<String> rejected(LabelledSet set) {
        return set.rejected().stream().map(item -> item.name() + ": " + item.reason()).toList();
    }

    private static List<Box> boxes(LabelledSet set, int item) {
        return set.items().get(item).boxes().stream().map(TrueBox::box).toList();
    }

    private static Roi named(String name, Roi roi) {
        roi.setName(name);
        return roi;
    }

    private static Roi grouped(int group, Roi roi) {
        roi.setGroup(group);
        return roi;
    }

    private static Roi marked(String kind, Roi roi) {
        RoiMark.set(roi, kind);
        return roi;
    }

    private void tiff(String name, Roi... rois) {
        ImagePlus image = new ImagePlus("x", new ByteProcessor(32, 24));
        Overlay overlay = new Overlay();
        Stream.of(rois).forEach(overlay::add);
        image.setOverlay(rois.length == 0 ? null : overlay);
        TestImages.tiff(folder.resolve(name), image);
    }

    @BeforeEach
    void image() {
        TestImages.flat(folder.resolve("a.png"), 1);
    }

    private void archive(Roi... rois) {
        RoiFiles.write(folder.resolve("rois/a.png.zip"), List.of(rois));
    }

    @Test
    void namesAreClassesWithoutTheirScores() throws IOException {
        archive(named("WBC 0.93", new Roi(1, 2, 3, 4)), named("rbc", new Roi(5, 6, 7, 8)), named("WBC-2", new Roi(0, 0, 32, 24)),
            grouped(3, new Roi(9, 9, 1, 1)));
        TestImages.flat(folder.resolve("train/b.c.png"), 2);
        RoiFiles.write(folder.resolve("rois/train/b.c.zip"), List.of(named("rbc", new Roi(1, 1, 2, 2))));
        TestImages.flat(folder.resolve("val/c.png"), 3);
        LabelledSet set = open();
        assertEquals(List.of("group-3", "rbc", "WBC"), set.classNames());
        assertEquals(List.of(TrueBox.of(new Box(1, 2, 4, 6), 2), TrueBox.of(new Box(5, 6, 12, 14), 1), TrueBox.of(new Box(0, 0, 32, 24), 2),
            TrueBox.of(new Box(9, 9, 10, 10), 0)), set.items().get(0).boxes());
        assertEquals(List.of("a.png", "train/b.c.png", "val/c.png"), set.items().stream().map(LabelledItem::name).toList());
        assertEquals(List.of("", "train", "val"), set.items().stream().map(LabelledItem::split).toList());
        assertEquals(Set.of(), set.items().get(2).labels(), "without ROIs nothing is on it");
        assertEquals(List.of(), set.rejected());
        assertArrayEquals(new int[] {2, 2, 1}, open("RBC", "WBC", "other").boxCounts(), "the third group is the third class");
        assertEquals(set.items(), open(set.classNames().toArray(String[]::new)).items(), "as a validation set is opened");
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(
            Arguments.of(new OvalRoi(4, 5, 10, 8), new Box(4, 5, 14, 13)),
            Arguments.of(new PolygonRoi(new float[] {1, 9, 1}, new float[] {2, 2, 10}, 3, Roi.POLYGON), new Box(1, 2, 9, 10)),
            Arguments.of(new RotatedRectRoi(10, 10, 20, 10, 4), new Box(10, 8, 20, 12)),
            Arguments.of(new RotatedRectRoi(10, 6, 16, 14, 5), new Box(8, 4.5, 18, 15.5)),
            Arguments.of(new ShapeRoi(new Roi(1, 1, 2, 2)).or(new ShapeRoi(new Roi(9, 9, 3, 2))), new Box(1, 1, 12, 11)),
            Arguments.of(new Roi(-3, 20, 10, 10), new Box(0, 20, 7, 24)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anyShapeCountsByItsBounds(Roi roi, Box expected) {
        archive(named("cell", roi));
        Box box = boxes(open(), 0).get(0);
        assertArrayEquals(new double[] {expected.x0(), expected.y0(), expected.x1(), expected.y1()},
            new double[] {box.x0(), box.y0(), box.x1(), box.y1()}, 0.01);
    }

    @Test
    void theAreaIsThatOfTheOutline() {
        archive(named("cell", new ShapeRoi(new Roi(1, 1, 2, 2)).or(new ShapeRoi(new Roi(9, 9, 3, 2)))));
        assertEquals(10, open().items().get(0).boxes().get(0).area());
    }

    private static Stream<Arguments> noObjects() {
        return Stream.of(
            Arguments.of(named("seed", new PointRoi(3, 4)), "ROI 2 (seed) is a point and has no area"),
            Arguments.of(named("scale", new Line(1, 1, 9, 1)), "ROI 2 (scale) is a line and has no area"),
            Arguments.of(named("here", new Arrow(1, 1, 9, 1)), "ROI 2 (here) is a line and has no area"),
            Arguments.of(new PolygonRoi(new float[] {1, 9, 1}, new float[] {2, 2, 10}, 3, Roi.POLYLINE), "ROI 2 is a line and has no area"),
            Arguments.of(named("note", new TextRoi(1, 1, "note")), "ROI 2 (note) is a text and marks no object"),
            Arguments.of(named("inset", new ImageRoi(1, 1, new ByteProcessor(4, 4))), "ROI 2 (inset) is a picture and marks no object"),
            Arguments.of(named("cell", new PolygonRoi(new float[] {5, 5, 5}, new float[] {1, 5, 9}, 3, Roi.POLYGON)), "ROI 2 (cell) has no area"),
            Arguments.of(named("cell", new Roi(32, 1, 5, 5)), "ROI 2 (cell) lies outside of the image (32 x 24 px)"),
            Arguments.of(named("cell 0.7", new Roi(1, 1, 5, 5)), "ROI 2 (cell 0.7) is the same as ROI 1 (cell)"),
            Arguments.of(new Roi(8, 8, 2, 2), "ROI 2 has no class"),
            Arguments.of(named("cell;other", new Roi(8, 8, 2, 2)), "ROI 2 (cell;other) is of several classes, and a box has one"),
            Arguments.of(named("none", new Roi(8, 8, 2, 2)), "ROI 2 (none) is of none of the classes"));
    }

    @ParameterizedTest
    @MethodSource("noObjects")
    void whatIsNoObjectIsListedAndTheOthersStay(Roi roi, String reason) {
        archive(named("cell", new Roi(1, 1, 5, 5)), roi, named("cell", new Roi(20, 1, 5, 5)));
        LabelledSet set = open();
        assertEquals(List.of("a.png: " + reason), rejected(set));
        assertEquals(List.of(new Box(1, 1, 6, 6), new Box(20, 1, 25, 6)), boxes(set, 0));
    }

    @Test
    void whereNoRoiSaysItsClassAllAreOfOne() {
        archive(new Roi(1, 1, 5, 5), named("0012-0034", new Roi(3, 3, 5, 5)), named("scale", new Line(1, 1, 9, 1)));
        assertEquals(List.of("object"), open().classNames());
        assertArrayEquals(new int[] {2}, open("nucleus").boxCounts());
        assertEquals(List.of("a.png: ROI 1 has no class", "a.png: ROI 2 (0012-0034) has no class", "a.png: ROI 3 (scale) is a line and has no area"),
            rejected(open("RBC", "WBC")));
    }

    @Test
    void aNameThatIsNoneOfTheGivenClassesIsRefused() {
        archive(named("cell", new Roi(1, 1, 5, 5)), named("vessel", new Roi(3, 3, 5, 5)));
        assertTrue(refusal("cell", "nucleus").startsWith("The label \"vessel\" of " + folder + " is none of the classes cell, nucleus."));
    }

    @Test
    void overlaysOfTiffsAreRead() {
        tiff("b.tif", named("RBC", new Roi(1, 2, 3, 4)), marked("detection", named("RBC 0.87", new Roi(5, 5, 3, 3))),
            marked(RoiMark.HEAT_MAP, new ImageRoi(0, 0, new ByteProcessor(32, 24))), marked(RoiMark.OUTLINE, named("RBC", new Roi(9, 9, 3, 3))));
        tiff("c.tif");
        tiff("d.tif", marked(RoiMark.OUTLINE, named("RBC", new Roi(9, 9, 3, 3))));
        LabelledSet set = open();
        assertEquals(List.of("a.png", "b.tif", "c.tif"), set.items().stream().map(LabelledItem::name).toList());
        assertEquals(List.of(new Box(1, 2, 4, 6), new Box(5, 5, 8, 8)), boxes(set, 1));
        assertEquals(List.of(), boxes(set, 2));
        assertEquals(List.of("d.tif: has ROIs of a heat map only, which are no objects"), rejected(set));
    }

    @Test
    void anArchiveCountsBeforeTheOverlay() {
        tiff("b.tif", named("RBC", new Roi(1, 2, 3, 4)));
        RoiFiles.write(folder.resolve("rois/b.tif.zip"), List.of(named("WBC", new Roi(5, 5, 3, 3))));
        assertEquals(List.of("WBC"), open().classNames());
    }

    @Test
    void imagesMayLieInAFolderOfTheirOwn() {
        TestImages.flat(folder.resolve("images/b.png"), 2);
        RoiFiles.write(folder.resolve("rois/b.png.zip"), List.of(named("WBC", new Roi(5, 5, 3, 3))));
        assertEquals(List.of("b.png"), open().items().stream().map(LabelledItem::name).toList());
    }

    @Test
    void anArchiveWithoutRoisSaysThatNothingIsThere() {
        archive();
        TestImages.flat(folder.resolve("b.png"), 2);
        RoiFiles.write(folder.resolve("rois/b.png.zip"), List.of(named("cell", new Roi(5, 5, 3, 3))));
        assertEquals(List.of(Set.of(), Set.of(0)), open().items().stream().map(LabelledItem::labels).toList());
        assertEquals(List.of(), open().rejected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "no archive"})
    void aDamagedArchiveIsListedAndItsImageIsNoNegative(String content) throws IOException {
        picture(folder, "rois/a.png.zip", content);
        TestImages.flat(folder.resolve("b.png"), 2);
        RoiFiles.write(folder.resolve("rois/b.png.zip"), List.of(named("cell", new Roi(5, 5, 3, 3))));
        LabelledSet set = open();
        assertEquals(1, set.size());
        String reason = "a.png: Cannot read the ROIs in " + folder.resolve("rois/a.png.zip") + ": ";
        assertTrue(rejected(set).get(0).startsWith(reason), rejected(set).toString());
    }

    @Test
    void anArchiveWithoutAnImageIsListed() {
        archive(named("cell", new Roi(5, 5, 3, 3)));
        RoiFiles.write(folder.resolve("rois/gone.png.zip"), List.of(named("cell", new Roi(5, 5, 3, 3))));
        assertEquals(List.of("rois/gone.png.zip: has no image of its name"), rejected(open()));
    }

    @Test
    void aSetWithoutARoiIsRefused() {
        archive();
        assertEquals("The data set " + folder + " has no box that can be used, so nothing says what its classes are.", refusal());
    }

    @Test
    void classesInFoldersStayClasses() throws IOException {
        Files.delete(folder.resolve("a.png"));
        tiff("rois/a.tif", named("RBC", new Roi(1, 2, 3, 4)));
        tiff("other/b.tif", named("RBC", new Roi(1, 2, 3, 4)));
        assertEquals(List.of("other", "rois"), open().classNames());
        assertEquals(List.of(), open().items().get(0).boxes());
    }

    @Test
    void theAreaOfAnOvalIsItsPixels() {
        archive(named("cell", new OvalRoi(4, 5, 2, 2)));
        assertEquals(new TrueBox(new Box(4, 5, 6, 7), 0, 4, Role.COUNTED), open().items().get(0).boxes().get(0));
    }
}
