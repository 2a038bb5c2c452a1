package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.Location;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

/** What {@code Classify Image...} takes as input beside plain images, and where its results may go. */
@ExtendWith(Door.Extension.class)
class ClassifySetsIT {

    @TempDir
    private Path folder;
    private Path input;
    private Path output;

    @BeforeEach
    void folders() throws IOException {
        input = Files.createDirectory(folder.resolve("in"));
        output = folder.resolve("out");
    }

    private Door.Run classify(Door door, Object from) {
        return door.run(ClassifyImage.class, "input", from.toString(), "model", "brightness", "output", output);
    }

    private List<String> rows(String... columns) {
        return ResultFiles.rows(output).stream().map(row -> String.join(" ", java.util.Arrays.stream(columns).map(row::get).toList())).toList();
    }

    @Test
    void aTableGivesItsTruth(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("sub/b.png"), 255);
        TestImages.flat(input.resolve("c.png"), 255);
        Path table = Files.writeString(input.resolve("set.csv"),
            "path,label,split\na.png,NORMAL,val\nsub/b.png,lesion,val\nc.png,lesion,train\nmissing.png,lesion,val\nc.png,,val\n");
        Door.Run run = classify(door, table + "#val");
        assertEquals(List.of("a.png normal normal", "sub/b.png lesion lesion"), rows("image", "label", "truth"), run.sentence() + run.err());
        assertEquals(ExitStatus.PARTIAL, run.status());
        assertTrue(ResultFiles.failures(output).stream().anyMatch(row -> row.get("image").equals("missing.png")), run.err());
    }

    @Test
    void numbersAsLabelsAreTheCardsClasses(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("b.png"), 255);
        Path table = Files.writeString(input.resolve("set.csv"), "path,label\na.png,0\nb.png,1\n");
        assertEquals(ExitStatus.DONE, classify(door, table).status());
        assertEquals(List.of("a.png normal", "b.png lesion"), rows("image", "truth"));
    }

    @Test
    void anArchiveOfImages(Door door) throws IOException {
        Path npz = input.resolve("set.npz");
        byte[] images = new byte[2 * 28 * 28];
        java.util.Arrays.fill(images, 28 * 28, images.length, (byte) 255);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(npz))) {
            npy(zip, "val_images", "(2, 28, 28)", images);
            npy(zip, "val_labels", "(2, 1)", new byte[] {0, 1});
        }
        Door.Run run = classify(door, npz + "#val");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals(List.of("normal normal 0", "lesion lesion 1"), rows("label", "truth", "p_lesion"));
    }

    private static void npy(ZipOutputStream zip, String name, String shape, byte[] values) throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
        header = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        zip.write(ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) header.length()).array());
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
        zip.write(values);
        zip.closeEntry();
    }

    @Test
    void aSplitThatIsNotThere(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        Path table = Files.writeString(input.resolve("set.csv"), "path,label,split\na.png,normal,val\n");
        Door.Run run = classify(door, table + "#test");
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("test") && run.sentence().contains("val"), run.sentence());
        assertFalse(Files.exists(output));
    }

    /** Opens {@code *.onlyhere}: a byte, which is the grey value of all pixels. */
    public static final class OnlyHere extends AbstractIOPlugin<Object> {
        @Override
        public Class<Object> getDataType() {
            return Object.class;
        }

        @Override
        public boolean supportsOpen(Location source) {
            return source.getName().endsWith(".onlyhere");
        }

        @Override
        public Object open(Location source) throws IOException {
            byte[] bytes = Files.readAllBytes(Path.of(source.getURI()));
            if (bytes.length != 1) {
                throw new IOException("one byte was expected");
            }
            Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(12, 10);
            image.forEach(pixel -> pixel.set(bytes[0] & 0xff));
            return image;
        }
    }

    @Test
    void aFormatThatOnlyAnIoPluginKnows(Door door) throws IOException {
        PluginInfo<IOPlugin> plugin = new PluginInfo<>(OnlyHere.class, IOPlugin.class);
        door.context().service(PluginService.class).addPlugin(plugin);
        try {
            Files.write(input.resolve("a.onlyhere"), new byte[] {51});
            Files.write(input.resolve("b.onlyhere"), new byte[] {1, 2});
            Files.write(input.resolve("c.unknown"), new byte[] {51});
            Door.Run run = classify(door, input);
            assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence() + run.err());
            assertEquals(List.of("a.onlyhere 0.200000"), rows("image", "p_lesion"));
            assertEquals(List.of("b.onlyhere", "c.unknown"), ResultFiles.failures(output).stream().map(row -> row.get("image")).toList());
        } finally {
            door.context().service(PluginService.class).removePlugin(plugin);
        }
    }

    @Test
    void theOutputMayLieInTheInputAndIsNotReadAgain(Door door) {
        TestImages.flat(input.resolve("a.png"), 51);
        output = input.resolve("results");
        assertEquals(ExitStatus.DONE, classify(door, input).status());
        assertTrue(Files.exists(output.resolve("overlays/a.png.png")));
        Door.Run again = classify(door, input);
        assertEquals(ExitStatus.DONE, again.status(), again.sentence());
        assertEquals("done 1/1/0/0", ResultFiles.counts(output));
        output = folder.resolve("other");
        assertEquals(ExitStatus.DONE, classify(door, input).status());
        assertEquals(List.of("a.png"), rows("image"));
    }

    @Test
    void theInputItselfIsNoOutput(Door door) {
        TestImages.flat(input.resolve("a.png"), 51);
        output = input;
        Door.Run run = classify(door, input);
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("is the input folder"), run.sentence());
        assertEquals(List.of("a.png"), List.of(input.toFile().list()));
    }

    @Test
    void aFileInTheWayOfTheOutput(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        Files.writeString(output, "mine");
        Door.Run run = classify(door, input);
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains(output + " is a file"), run.sentence());
        output = output.resolve("below");
        assertEquals(ExitStatus.FAILED, classify(door, input).status());
    }

    @Test
    void otherSettingsOrAnotherModelAreRefused(Door door) {
        TinyModel.named("brightness-less").factor(0.5).write(door.models());
        TestImages.flat(input.resolve("a.png"), 51);
        assertEquals(ExitStatus.DONE, classify(door, input).status());
        Door.Run run = door.run(ClassifyImage.class, "input", input, "model", "brightness-less", "output", output, "explain", "cam");
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("explain was \"auto\" and is \"cam\"")
            && run.sentence().contains("model was \"brightness\" and is \"brightness-less\""), run.sentence());
    }
}
