package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.geometry.TrueBox.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocSetReaderTest {

    private static final String NO_BOX = "<annotation/>";

    @TempDir
    Path folder;

    private LabelledSet open(String... names) {
        return read(folder, names);
    }

    private static LabelledSet read(Object data, String... names) {
        return LabelledSets.open(DataReference.parse(data.toString()), new ClassNaming(List.of(names)));
    }

    private String refusal(String... names) {
        return assertThrows(UsageException.class, () -> open(names)).getMessage();
    }

    private static List<String> rejected(LabelledSet set) {
        return set.rejected().stream().map(item -> item.name() + ": " + item.reason()).toList();
    }

    private static String object(String name, Object x0, Object y0, Object x1, Object y1, String more) {
        return "<object><name>" + name + "</name><bndbox><xmin>" + x0 + "</xmin><ymin>" + y0 + "</ymin><xmax>" + x1 + "</xmax><ymax>" + y1
            + "</ymax></bndbox>" + more + "</object>";
    }

    private static String annotation(String... objects) {
        return "<annotation><filename>elsewhere.jpg</filename><size><width>100</width><height>80</height><depth>3</depth></size>"
            + String.join("", objects) + "</annotation>";
    }

    private void voc(String name, String xml) throws IOException {
        picture(folder, "JPEGImages/" + name + ".jpg", name);
        picture(folder, "Annotations/" + name + ".xml", xml);
    }

    @Test
    void cornersCountFromOneAndTheFarOnesAreInside() throws IOException {
        voc("b", annotation(object("WBC", 1, 1, 3, 4, ""), object("rbc", 11.5, 21, 30, 80, "<difficult>1</difficult>")));
        voc("a", annotation(object("RBC", 2, 3, 100, 80, "<difficult>0</difficult><part><name>x</name><bndbox><xmin>0</xmin></bndbox></part>")));
        voc("none", NO_BOX);
        LabelledSet set = open();
        assertEquals(List.of("a.jpg", "b.jpg", "none.jpg"), set.items().stream().map(LabelledItem::name).toList());
        assertEquals(List.of("RBC", "WBC"), set.classNames());
        assertEquals(List.of(TrueBox.of(new Box(1, 2, 100, 80), 0)), set.items().get(0).boxes());
        assertEquals(List.of(TrueBox.of(new Box(0, 0, 3, 4), 1), new TrueBox(new Box(10.5, 20, 30, 80), 0, 19.5 * 60, Role.IGNORED)),
            set.items().get(1).boxes());
        assertEquals(List.of(Set.of(0), Set.of(1), Set.of()), set.items().stream().map(LabelledItem::labels).toList());
        assertArrayEquals(new int[] {1, 1}, set.boxCounts());
        assertTrue(set.hasBoxes());
        assertEquals(LabelKind.MULTI_LABEL, set.labelKind());
        assertEquals(List.of(), set.rejected());
        assertEquals(List.of("WBC", "other", "RBC"), open("WBC", "other", "RBC").classNames());
        assertEquals(2, open("WBC", "other", "RBC").items().get(0).boxes().get(0).label());
    }

    @Test
    void aZeroAnywhereProvesThatTheWholeSetCountsFromZero() throws IOException {
        voc("a", annotation(object("c", 2, 3, 10, 20, "")));
        voc("b", annotation(object("c", 5, 0, 100, 80, "")));
        LabelledSet set = open();
        assertEquals(new Box(2, 3, 10, 20), set.items().get(0).boxes().get(0).box());
        assertEquals(new Box(5, 0, 100, 80), set.items().get(1).boxes().get(0).box());
    }

    @Test
    void aBoxThatWasNotDrawnProvesNothing() throws IOException {
        voc("a", annotation(object("c", 2, 3, 10, 20, ""), object("c", 0, 0, 0, 0, "")));
        LabelledSet set = open();
        assertEquals(new Box(1, 2, 10, 20), set.items().get(0).boxes().get(0).box());
        assertEquals(List.of("a.jpg: box 2 has no area"), rejected(set));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "5|6|5|6|has no area", "5|6|9|6|has no area", "9|6|5|8|ends before it begins", "5|9|7|8|ends before it begins",
        "NaN|1|2|2|has a coordinate that is no number",
        "1|1|many|2|has a coordinate that is no number", "1|''|2|2|has a coordinate that is no number",
        "1|1|Infinity|2|has a coordinate that is no number", "101|5|120|9|lies outside of the image (100 x 80 px)",
        "-9|-9|0|0|lies outside of the image (100 x 80 px)", "5|81|9|90|lies outside of the image (100 x 80 px)"})
    void aBoxThatCannotBeIsListedAndTheOthersStay(String x0, String y0, String x1, String y1, String reason) throws IOException {
        voc("a", annotation(object("c", 1, 1, 2, 2, ""), object("c", x0, y0, x1, y1, ""), object("c", 7, 7, 8, 8, "")));
        LabelledSet set = open();
        assertEquals(List.of("a.jpg: box 2 " + reason), rejected(set));
        assertEquals(List.of(new Box(0, 0, 2, 2), new Box(6, 6, 8, 8)), set.items().get(0).boxes().stream().map(TrueBox::box).toList());
    }

    @Test
    void whatReachesBeyondTheImageIsCutOff() throws IOException {
        voc("a", annotation(object("c", -4, 70, 11, 90, "")));
        assertEquals(List.of(TrueBox.of(new Box(0, 69, 11, 80), 0)), open().items().get(0).boxes());
        voc("a", "<annotation>" + object("c", -4, 70, 11, 90, "") + "</annotation>");
        assertEquals(List.of(TrueBox.of(new Box(0, 69, 11, 90), 0)), open().items().get(0).boxes(), "size not known");
    }

    @Test
    void theSameBoxTwiceIsKeptOnce() throws IOException {
        voc("a", annotation(object("c", 1, 1, 9, 9, ""), object("d", 1, 1, 9, 9, ""), object("C", 1, 1, 9, 9, "")));
        LabelledSet set = open();
        assertEquals(List.of("a.jpg: box 3 is the same as box 1"), rejected(set));
        assertEquals(2, set.items().get(0).boxes().size());
    }

    @Test
    void boxesWithoutAClassAreListedAndUnknownOnesRefused() throws IOException {
        voc("a", annotation(object("c", 1, 1, 9, 9, ""), "<object><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>3</xmax><ymax>3</ymax></bndbox></object>",
            "<object><name>c</name></object>"));
        assertEquals(List.of("a.jpg: box 2 has no class", "a.jpg: box 3 has a coordinate that is no number"), rejected(open()));
        assertEquals("The label \"c\" of " + folder + " is none of the classes RBC, WBC. Correct the label, or add it to class_names.",
            refusal("RBC", "WBC"));
    }

    @Test
    void imagesAreFoundByTheirOwnOrTheirWrittenName() throws IOException {
        voc("a", annotation(object("c", 1, 1, 9, 9, "")));
        picture(folder, "JPEGImages/photo.png", "2");
        picture(folder, "Annotations/b.xml", "<annotation><filename>C:\\data\\photo.png</filename></annotation>");
        picture(folder, "Annotations/c.xml", "<annotation><filename>photo.png</filename></annotation>");
        picture(folder, "Annotations/gone.xml", "<annotation><filename>lost.png</filename></annotation>");
        picture(folder, "Annotations/nameless.xml", NO_BOX);
        picture(folder, "JPEGImages/forgotten.png", "3");
        LabelledSet set = open();
        assertEquals(List.of("a.jpg", "photo.png"), set.items().stream().map(LabelledItem::name).toList());
        assertEquals(List.of("c.xml: its image photo.png has the annotation b.xml already", "gone.xml: there is no image of its name nor lost.png",
            "nameless.xml: there is no image of its name", "forgotten.png: has no annotation"), rejected(set));
    }

    @ParameterizedTest
    @ValueSource(strings = {"images", "JPEGImages", "", "annotations"})
    void imagesLieBesideTheAnnotations(String where) throws IOException {
        picture(folder, "annotations/a.xml", annotation(object("c", 1, 1, 9, 9, "")));
        Path file = picture(folder, where.isEmpty() ? "a.tif" : where + "/a.tif", "1");
        assertEquals(new ItemSource.File(file), open().items().get(0).source());
    }

    @Test
    void listsNameSplitsAndTheNarrowerCounts() throws IOException {
        for (String name : List.of("a", "b", "c", "d", "e f")) {
            voc(name, annotation(object("c", 1, 1, 9, 9, "")));
        }
        picture(folder, "ImageSets/Main/trainval.txt", "a\nb\nc\n");
        picture(folder, "ImageSets/Main/train.txt", "a\r\n\r\nx\r\n");
        picture(folder, "ImageSets/Main/val.txt", "b.jpg\n");
        picture(folder, "ImageSets/Main/test.txt", "e f\n");
        picture(folder, "ImageSets/Main/c_train.txt", "d 1\n");
        LabelledSet set = open();
        assertEquals(List.of("train", "val", "trainval", "", "test"), set.items().stream().map(LabelledItem::split).toList());
        assertEquals(List.of("x: listed in train.txt, but has no annotation"), rejected(set));
        assertEquals(1, read(folder + "#val").size());
        picture(folder, "ImageSets/Main/val.txt", "a\n");
        assertTrue(refusal().contains("a is in two splits, train.txt and val.txt of "), refusal());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<annotation><object>|its XML is damaged or incomplete (line 1)",
        "''|its XML is damaged or incomplete (line 1)",
        "no xml|its XML is damaged or incomplete (line 1)",
        "<annotation><filename>&lol;</filename></annotation>|its XML is damaged or incomplete (line 1)",
        "<html></html>|it is no Pascal VOC annotation: its root is <html> and not <annotation>",
        "<!DOCTYPE annotation SYSTEM 'file:///etc/passwd'><annotation/>|it has a DOCTYPE or entities of its own, which are refused: take them out",
        "<!DOCTYPE annotation [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><annotation><filename>&x;</filename></annotation>"
            + "|it has a DOCTYPE or entities of its own, which are refused: take them out",
        "<!DOCTYPE annotation [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
            + "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;'>]>"
            + "<annotation><filename>&f;</filename></annotation>|it has a DOCTYPE or entities of its own, which are refused: take them out"})
    void aBadFileIsListedAndTheOthersStay(String xml, String reason) throws IOException {
        voc("a", xml);
        voc("b", annotation(object("c", 1, 1, 9, 9, "")));
        LabelledSet set = open();
        assertEquals(List.of("b.jpg"), set.items().stream().map(LabelledItem::name).toList());
        assertEquals(List.of("a.xml: cannot be read: " + reason, "a.jpg: its annotation cannot be read"), rejected(set));
    }

    @Test
    void aSetWithoutAnythingUsableIsRefused() throws IOException {
        voc("a", annotation(object("c", 5, 5, 5, 5, "")));
        assertEquals("The data set " + folder + " has no box that can be used, for example a.jpg: box 1 has no area, so nothing says what its"
            + " classes are.", refusal());
        assertEquals(1, open("c").size(), "with names it is one without objects");
        assertFalse(open("c").hasBoxes());
        Files.delete(folder.resolve("JPEGImages/a.jpg"));
        assertEquals("The folder " + folder + " has annotations but no images: put them into " + folder.resolve("JPEGImages") + ".", refusal());
    }

    @Test
    void aClassCalledAnnotationsIsAClass() throws IOException {
        picture(folder, "annotations/a.png", "1");
        picture(folder, "photos/b.png", "2");
        assertEquals(List.of("annotations", "photos"), open().classNames());
    }

    @Test
    void oneClassOfObjectsIsEnoughToLearn() throws IOException {
        for (int i = 0; i < 10; i++) {
            voc("a" + i, i < 3 ? NO_BOX : annotation(object("c", 1 + i, 1, 50, 9, "")));
        }
        TrainingSplit split = TrainingSplit.open(folder.toString(), "0.2", ClassNaming.FREE, 1, Progress.NONE);
        assertEquals(10, split.training().size() + split.validation().size());
        assertTrue(split.training().hasBoxes());
        voc("a3", annotation(object("c", 1, 1, 50, 9, "<difficult>1</difficult>")));
        for (int i = 4; i < 10; i++) {
            voc("a" + i, NO_BOX);
        }
        assertTrue(assertThrows(UsageException.class, () -> TrainingSplit.open(folder.toString(), "0.2", ClassNaming.FREE, 1, Progress.NONE))
            .getMessage().contains("has no box that counts"));
    }

    /** Counted with Python's ElementTree: 3,943 objects, two of them clicks; no coordinate is 0, so corners count from 1. */
    @Test
    void theBloodCellsAreAllRead() {
        Path data = Path.of(System.getProperty("lesionj.shared", "../shared"), "data", "bccd");
        Assumptions.assumeTrue(Files.isDirectory(data), "needs ../shared/data");
        LabelledSet set = read(data, "RBC", "WBC", "Platelets");
        assertEquals(292, set.size());
        assertArrayEquals(new int[] {3348, 301, 292}, set.boxCounts());
        assertArrayEquals(new int[] {280, 290, 162}, set.counts(), "images");
        assertEquals(List.of("BloodImage_00338.jpg: box 13 has no area", "BloodImage_00343.jpg: box 4 has no area"), rejected(set));
        assertEquals(List.of("BloodImage_00338.jpg: box 13 has no area"), rejected(read(data + "#val", "RBC", "WBC", "Platelets")), "of another split");
        assertEquals(new Box(259, 176, 491, 376), set.items().get(0).boxes().get(0).box());
        assertEquals(1, set.items().get(0).boxes().get(0).label());
        assertEquals(13, set.items().stream().filter(item -> item.name().equals("BloodImage_00338.jpg")).findFirst().orElseThrow().boxes().size());
        assertEquals(List.of("train", "val"), set.splits());
        assertEquals(205, set.split("train").size());
        assertEquals(87, read(data + "#val").size());
        assertEquals(List.of("Platelets", "RBC", "WBC"), read(data).classNames());
        assertEquals(3941, set.items().stream().mapToInt(item -> item.boxes().size()).sum());
    }
}
