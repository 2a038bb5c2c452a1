package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.geometry.TrueBox.Role;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CocoSetReaderTest {

    private static final String CATEGORIES = "\"categories\":[{\"id\":10,\"name\":\"wbc\"},{\"id\":2,\"name\":\"RBC\"},{\"id\":9,\"name\":\"rare\"}]";
    private static final String IMAGE = "{\"id\":1,\"file_name\":\"a.png\",\"width\":100,\"height\":80}";

    @TempDir
    Path folder;

    private static LabelledSet open(Object data, String... names) {
        return LabelledSets.open(DataReference.parse(data.toString()), new ClassNaming(List.of(names)));
    }

    private static String refusal(Object data, String... names) {
        return assertThrows(UsageException.class, () -> open(data, names)).getMessage();
    }

    private static List<String> rejected(LabelledSet set) {
        return set.rejected().stream().map(item -> item.name() + ": " + item.reason()).toList();
    }

    private static List<String> names(LabelledSet set) {
        return set.items().stream().map(LabelledItem::name).toList();
    }

    private Path coco(String images, String annotations) throws IOException {
        return picture(folder, "coco.json", "{\"info\":{\"images\":[]},\"annotations\":[" + annotations + "]," + CATEGORIES + ",\"images\":["
            + images + "]}");
    }

    private static String box(int image, int category, String bbox, String more) {
        return "{\"id\":1,\"image_id\":" + image + ",\"category_id\":" + category + ",\"segmentation\":[[1,2,3,4]],\"bbox\":" + bbox + more + "}";
    }

    @Test
    void boxesCountFromZeroWithAnyFraction() throws IOException {
        picture(folder, "a.png", "1");
        picture(folder, "images/deep/b.png", "2");
        Path file = coco(IMAGE + ",{\"id\":\"x\",\"file_name\":\"deep/b.png\"}", box(1, 10, "[0,0.5,10,20.25]", ",\"area\":77.5")
            + "," + box(1, 2, "[1,2,3,4]", ",\"iscrowd\":1,\"area\":12") + "," + box(1, 2, "[5,5,5,5]", ",\"iscrowd\":0"));
        LabelledSet set = open(file);
        assertEquals(List.of("RBC", "rare", "wbc"), set.classNames(), "by id");
        assertEquals(List.of("a.png", "deep/b.png"), names(set));
        assertEquals(List.of(new TrueBox(new Box(0, 0.5, 10, 20.75), 2, 77.5, Role.COUNTED), new TrueBox(new Box(1, 2, 4, 6), 0, 12, Role.CROWD),
            new TrueBox(new Box(5, 5, 10, 10), 0, 25, Role.COUNTED)), set.items().get(0).boxes());
        assertEquals(List.of(), set.items().get(1).boxes());
        assertArrayEquals(new int[] {1, 0, 1}, set.boxCounts());
        assertEquals(List.of(), set.rejected());
        assertEquals(List.of(), set.splits());
        assertEquals(1, open(file, "rbc", "WBC").items().get(0).boxes().get(0).label(), "a category without a box needs no name");
        assertTrue(refusal(file, "rbc", "rare").contains("\"wbc\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[5,6,0,7]|has no area", "[5,6,7,0]|has no area", "[5,6,-1,7]|ends before it begins",
        "[NaN,6,1,7]|has a coordinate that is no number", "[5,null,1,7]|has a coordinate that is no number",
        "[5,\"x\",1,7]|has a coordinate that is no number", "[5,6,7]|has a coordinate that is no number",
        "[1,2,3,4,5]|has a coordinate that is no number",
        "7|has a coordinate that is no number", "[Infinity,6,1,7]|has a coordinate that is no number",
        "[100,6,5,7]|lies outside of the image (100 x 80 px)", "[1,-9,5,9]|lies outside of the image (100 x 80 px)"})
    void aBoxThatCannotBeIsListedAndTheOthersStay(String bbox, String reason) throws IOException {
        picture(folder, "a.png", "1");
        LabelledSet set = open(coco(IMAGE, box(1, 2, "[1,1,1,1]", "") + "," + box(1, 2, bbox, "") + "," + box(1, 2, "[90,70,20,20]", "")));
        assertEquals(List.of("a.png: box 2 " + reason), rejected(set));
        assertEquals(List.of(new Box(1, 1, 2, 2), new Box(90, 70, 100, 80)), set.items().get(0).boxes().stream().map(TrueBox::box).toList());
    }

    @Test
    void whatDoesNotBelongTogetherIsListed() throws IOException {
        picture(folder, "a.png", "1");
        LabelledSet set = open(coco(IMAGE + ",{\"id\":2,\"file_name\":\"gone.png\"},{\"id\":3},{\"id\":4,\"file_name\":\"./a.png\"}",
            box(1, 2, "[1,1,1,1]", "") + "," + box(4, 2, "[1,1,1,1]", "") + "," + box(1, 7, "[1,1,5,5]", "") + "," + box(9, 2, "[1,1,5,5]", "")
                + "," + box(9, 2, "[1,1,6,5]", "") + "," + box(2, 2, "[1,1,6,5]", "")));
        assertEquals(List.of("gone.png: no such file", "image 3: has no file_name", "a.png: is listed twice; its boxes are taken together",
            "image 9: has 2 boxes, but is not in the list images", "a.png: box 2 is the same as box 1",
            "a.png: box 3 has the category 7, which the list categories does not name"), rejected(set));
        assertEquals(1, set.size());
        picture(folder, "b.png", "2");
        assertEquals("The file " + folder.resolve("coco.json") + " gives the id 1 to a.png and to b.png, so nobody can tell whose boxes are"
            + " whose: give each image an id of its own.", refusal(coco(IMAGE + ",{\"id\":1,\"file_name\":\"b.png\"}", "")));
    }

    @Test
    void foldersNamedAsSplitsAreSplits() throws IOException {
        picture(folder, "train/a.png", "1");
        picture(folder, "val2017/b.png", "2");
        picture(folder, "c.png", "3");
        String images = IMAGE + ",{\"id\":2,\"file_name\":\"b.png\"},{\"id\":3,\"file_name\":\"c.png\"}";
        Path file = coco(images, box(1, 2, "[1,1,1,1]", ""));
        assertEquals(List.of("train", "val", ""), open(file).items().stream().map(LabelledItem::split).toList());
        assertEquals(List.of("b.png"), names(open(file + "#val")));
        assertEquals(List.of("train", "val"), open(coco("{\"id\":1,\"file_name\":\"train/a.png\"},{\"id\":2,\"file_name\":\"val2017\\\\b.png\"}", ""))
            .items().stream().map(LabelledItem::split).toList());
    }

    @Test
    void theLayoutOfCocoItselfIsFound() throws IOException {
        Path train = picture(folder, "images/train2017/a.png", "1");
        Path val = picture(folder, "images/val2017/a.png", "2");
        String text = Files.readString(coco(IMAGE, box(1, 2, "[1,1,1,1]", "")));
        LabelledSet set = open(picture(folder, "annotations/instances_val2017.json", text));
        assertEquals(new ItemSource.File(val), set.items().get(0).source());
        assertEquals("", set.items().get(0).split(), "all in one folder is no division");
        assertEquals(new ItemSource.File(train), open(picture(folder, "annotations/instances_train2017.json", text)).items().get(0).source());
    }

    @Test
    void namesDoNotLeaveTheResults() throws IOException {
        Path outside = picture(folder, "a.png", "1");
        Path file = picture(folder, "set/coco.json", Files.readString(coco("{\"id\":1,\"file_name\":\"../a.png\"}", "")));
        assertEquals(List.of("_/a.png"), names(open(file)));
        assertEquals(new ItemSource.File(outside), open(file).items().get(0).source());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"images\":[", "{\"images\":[{\"id\":1,\"file_na",
        "{\"images\":[],\"annotations\":[}", "{\"images\":[1,,", "{\"images\":[]"})
    void aDamagedFileIsRefused(String text) throws IOException {
        Path file = picture(folder, "cut.json", text);
        assertEquals("Cannot read " + file + ": its JSON is damaged or incomplete. Get the whole file from its source.", refusal(file));
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        picture(folder, "\u00fc.png", "1");
        Path file = coco("{\"id\":1,\"file_name\":\"\u00fc.png\"}", box(1, 2, "[1,1,1,1]", ""));
        assertEquals(List.of("\u00fc.png"), names(open(picture(folder, "mark.json", "\ufeff" + Files.readString(file)))));
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("latin.json"),
            "{\"images\":[{\"id\":1,\"file_name\":\"\u00fc.png\"}]}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("Cannot read " + file + ": it is not UTF-8 text. Save it as JSON in UTF-8.", refusal(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"images", "categories", "annotations"})
    void aMissingListIsNotAnEmptyOne(String list) throws IOException {
        picture(folder, "a.png", "1");
        Path file = picture(folder, "part.json", Files.readString(coco(IMAGE, "")).replace("\"" + list + "\":[", "\"other\":["));
        assertTrue(refusal(file).startsWith("The file " + file + " has no list \"" + list + "\""), refusal(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "", "{\"type\":\"FeatureCollection\",\"features\":[]}", "{\"images\":3}", "nothing"})
    void otherJsonIsNoData(String text) throws IOException {
        Path file = picture(folder, "x.json", text);
        assertFalse(LabelledSets.isLabelledFile(file));
        assertTrue(refusal(file).startsWith("Cannot read " + file + " as labelled data"), refusal(file));
    }

    @Test
    void aCocoFileIsALabelledFile() throws IOException {
        assertTrue(LabelledSets.isLabelledFile(coco("", "")));
    }

    /** Counted with Python's json: 839 boxes on 100 images, 9 of them crowds, 250 people, 70 of 80 classes; the images themselves are not there. */
    @Test
    void aPartOfCocoIsAllRead() throws IOException {
        Path data = Path.of(System.getProperty("lesionj.shared", "../shared"), "data/metrics/coco100/instances_val2014_100.json");
        Assumptions.assumeTrue(Files.exists(data), "needs ../shared/data");
        Path file = Files.copy(data, Files.createDirectories(folder.resolve("annotations")).resolve(data.getFileName()));
        assertEquals(100, open(file).rejected().size());
        for (RejectedItem missing : open(file).rejected()) {
            assertEquals("no such file", missing.reason());
            picture(folder, "val2014/" + missing.name(), missing.name());
        }
        LabelledSet set = open(file);
        assertEquals(List.of(), set.rejected());
        assertEquals(100, set.items().stream().filter(item -> !item.boxes().isEmpty()).count());
        List<TrueBox> boxes = set.items().stream().flatMap(item -> item.boxes().stream()).toList();
        assertEquals(839, boxes.size());
        assertEquals(9, boxes.stream().filter(box -> box.role() == Role.CROWD).count());
        assertEquals(80, set.classNames().size());
        assertEquals("person", set.classNames().get(0));
        assertEquals(250, set.boxCounts()[0]);
        TrueBox first = boxes.stream().filter(box -> box.area() == 18234.62355).findFirst().orElseThrow();
        assertEquals(new Box(61.87, 276.25, 61.87 + 296.42, 276.25 + 103.18), first.box());
        assertEquals("dog", set.classNames().get(first.label()));
    }

    @Test
    void aLargeFileNeedsLittleMemory() throws IOException, InterruptedException {
        picture(folder, "a.png", "1");
        String outline = "1.5,".repeat(15_000) + "2";
        Path file = folder.resolve("large.json");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("{\"images\":[" + IMAGE + "]," + CATEGORIES + ",\"annotations\":[");
            for (int i = 0; i < 1000; i++) {
                out.write((i > 0 ? "," : "") + "{\"image_id\":1,\"category_id\":2,\"bbox\":[" + i / 20 + "," + i % 20 + ",5,6],\"segmentation\":[["
                    + outline + "]],\"note\":\"" + outline + "\"}");
            }
            out.write("]}");
        }
        assertTrue(Files.size(file) > 100_000_000);
        Path told = folder.resolve("told.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx24m", "-cp",
            System.getProperty("java.class.path"), Count.class.getName(), file.toString())
            .redirectErrorStream(true).redirectOutput(told.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals("1000", Files.readString(told).strip());
    }

    /** Prints how many boxes a set has, in a JVM of its own. */
    static final class Count {

        private Count() {
        }

        public static void main(String[] arguments) {
            System.out.println(open(arguments[0]).items().get(0).boxes().size());
        }
    }
}
