package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.geometry.TrueBox.Role;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelImageSetReaderTest {

    /** Value 7 is an L, value 2 lies in two corners. */
    private static final String[] DRAWN = {
        "2.....",
        ".7....",
        ".77...",
        ".....2"};

    @TempDir
    Path folder;

    private LabelledSet open(String... names) {
        return LabelledSets.open(DataReference.parse(folder.toString()), new ClassNaming(List.of(names)));
    }

    private static List<String> rejected(LabelledSet set) {
        return set.rejected().stream().map(item -> item.name() + ": " + item.reason()).toList();
    }

    private void write(String name, int type, String... rows) throws IOException {
        BufferedImage image = new BufferedImage(rows[0].length(), rows.length, type);
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[0].length(); x++) {
                int value = rows[y].charAt(x) == '.' ? 0 : rows[y].charAt(x) - '0';
                image.getRaster().setSample(x, y, 0, value);
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    }

    private void grey(String name, String... rows) throws IOException {
        write(name, BufferedImage.TYPE_USHORT_GRAY, rows);
    }

    @Test
    void eachValueIsAnObjectAndItsBoundsTheBox() throws IOException {
        grey("images/sub/a.png", DRAWN);
        grey("labels/sub/a.png", DRAWN);
        LabelledSet set = open();
        assertEquals(List.of("object"), set.classNames());
        assertEquals("sub/a.png", set.items().get(0).name());
        assertEquals(List.of(new TrueBox(new Box(0, 0, 6, 4), 0, 2, Role.COUNTED), new TrueBox(new Box(1, 1, 3, 3), 0, 3, Role.COUNTED)),
            set.items().get(0).boxes());
        assertEquals(Set.of(0), set.items().get(0).labels());
        assertEquals(List.of("nucleus"), open("nucleus").classNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg", "images/a.gif", "deep/a.bmp"})
    void imagesMayHaveAnotherEndingAndLieInTheFolderItself(String image) throws IOException {
        write(image, BufferedImage.TYPE_BYTE_GRAY, DRAWN);
        grey((image.startsWith("deep") ? "labels/deep" : "labels") + "/a.png", DRAWN);
        assertEquals(2, open().items().get(0).boxes().size());
        assertEquals(1, open().size());
    }

    @Test
    void aTableNamesTheClasses() throws IOException {
        grey("images/a.png", DRAWN);
        grey("labels/a.png", DRAWN);
        picture(folder, "labels/classes.csv", "path,object,label\na.png,2,wbc\n");
        LabelledSet set = open();
        assertEquals(List.of("wbc"), set.classNames());
        assertEquals(List.of("a.png: object 7 has no class"), rejected(set));
        assertEquals(1, open("RBC", "WBC").items().get(0).boxes().get(0).label());
    }

    @Test
    void severalNamesMakeTheValuesClassesAndConnectedPartsObjects() throws IOException {
        grey("images/a.png", DRAWN);
        grey("labels/a.png", "2.....", ".1....", ".11...", ".....2");
        assertArrayEquals(new int[] {1, 2}, open("one", "two").boxCounts());
        grey("images/b.png", DRAWN);
        grey("labels/b.png", DRAWN);
        LabelledSet set = open("one", "two");
        assertEquals(1, set.size());
        assertTrue(rejected(set).get(0).startsWith("b.png: The label image " + folder.resolve("labels/b.png")
            + " has the value 7, but class_names names 2 classes"), rejected(set).toString());
    }

    @Test
    void whatCannotBeUsedIsListed() throws IOException {
        grey("images/a.png", DRAWN);
        grey("labels/a.png", DRAWN);
        grey("images/empty.png", DRAWN);
        grey("labels/empty.png", "......", "......", "......", "......");
        grey("images/forgotten.png", DRAWN);
        grey("labels/orphan.png", DRAWN);
        grey("images/size.png", DRAWN);
        grey("labels/size.png", "1");
        grey("images/colour.png", DRAWN);
        write("labels/colour.png", BufferedImage.TYPE_INT_RGB, DRAWN);
        grey("images/lossy.png", DRAWN);
        write("labels/lossy.jpg", BufferedImage.TYPE_BYTE_GRAY, DRAWN);
        grey("images/broken.png", DRAWN);
        picture(folder, "labels/broken.png", "no picture");
        LabelledSet set = open();
        assertEquals(List.of("a.png", "empty.png"), set.items().stream().map(LabelledItem::name).toList());
        assertEquals(Set.of(), set.items().get(1).labels());
        List<String> rejected = rejected(set);
        assertEquals(6, rejected.size(), rejected.toString());
        assertEquals("labels/orphan.png: has no image of its name", rejected.get(0));
        assertTrue(rejected.get(1).startsWith("broken.png: Cannot read "), rejected.get(1));
        assertTrue(rejected.get(2).startsWith("colour.png: The label image ") && rejected.get(2).contains("has 3 channels"), rejected.get(2));
        assertEquals("forgotten.png: has no label image in labels", rejected.get(3));
        assertTrue(rejected.get(4).contains("is a JPEG, which changes values"), rejected.get(4));
        assertTrue(rejected.get(5).endsWith("has 1 x 1 px, but its image 6 x 4."), rejected.get(5));
    }

    @Test
    void aClassCalledLabelsIsAClass() throws IOException {
        picture(folder, "labels/a.png", "1");
        picture(folder, "barcodes/a.png", "2");
        assertEquals(List.of("barcodes", "labels"), open().classNames());
    }

    /** Counted in Python by unpacking the PNG files: 1,356 values; first file: value 1 fills 1,823 px of [0, 46) x [0, 47). */
    @Test
    void theNucleiAreAllRead() {
        Path data = Path.of(System.getProperty("lesionj.shared", "../shared"), "data", "dsb2018-nuclei");
        Assumptions.assumeTrue(Files.isDirectory(data), "needs ../shared/data");
        LabelledSet set = LabelledSets.open(DataReference.parse(data.toString()), ClassNaming.parse("nucleus"));
        assertEquals(29, set.size());
        assertArrayEquals(new int[] {1356}, set.boxCounts());
        assertEquals(List.of(), set.rejected());
        List<TrueBox> first = set.items().get(0).boxes();
        assertEquals(30, first.size());
        assertEquals(List.of(new TrueBox(new Box(0, 0, 46, 47), 0, 1823, Role.COUNTED),
            new TrueBox(new Box(177, 180, 223, 246), 0, 1883, Role.COUNTED)),
            first.subList(0, 2));
    }
}
