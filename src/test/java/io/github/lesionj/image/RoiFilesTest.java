package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.gui.Roi;
import io.github.lesionj.core.LesionJException;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoiFilesTest {

    @TempDir
    Path folder;

    private static Roi roi(String name, int x) {
        Roi roi = new Roi(x, 2, 3, 4);
        roi.setName(name);
        return roi;
    }

    private String refusal(Path file) {
        return assertThrows(LesionJException.class, () -> RoiFiles.read(file)).getMessage();
    }

    @Test
    void namesPlacesAndOrderStay() {
        Path file = folder.resolve("r.zip");
        RoiFiles.write(file, List.of(roi("WBC 0.97", 5), roi(null, 7), roi("WBC 0.97", 1), roi(null, 9)));
        List<Roi> read = RoiFiles.read(file);
        assertEquals(Arrays.asList("WBC 0.97", null, "WBC 0.97", null), read.stream().map(Roi::getName).toList());
        assertEquals(new Rectangle(7, 2, 3, 4), read.get(1).getBounds());
    }

    @Test
    void aNamelessRoiOfOthersGetsItsEntrysName() throws IOException {
        Path ours = folder.resolve("ours.zip");
        RoiFiles.write(ours, List.of(roi(null, 1)));
        byte[] bytes;
        try (ZipFile zip = new ZipFile(ours.toFile())) {
            bytes = zip.getInputStream(zip.getEntry("roi.roi")).readAllBytes();
        }
        Path file = folder.resolve("theirs.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("set/0012-0044.roi"));
            zip.write(bytes);
        }
        assertEquals("0012-0044", RoiFiles.read(file).get(0).getName());
        assertEquals("nucleus", RoiFiles.read(Files.write(folder.resolve("nucleus.roi"), bytes)).get(0).getName());
        assertNull(RoiFiles.read(ours).get(0).getName());
    }

    @Test
    void anArchiveWithoutRoisIsEmpty() throws IOException {
        Path file = folder.resolve("none.zip");
        new ZipOutputStream(Files.newOutputStream(file)).close();
        assertEquals(List.of(), RoiFiles.read(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 200, -1})
    void aCutArchiveIsNotOneWithFewerRois(int length) throws IOException {
        Path file = folder.resolve("cut.zip");
        RoiFiles.write(file, List.of(roi("a", 1), roi("b", 2)));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, length < 0 ? whole.length + length : length));
        assertEquals("Cannot read the ROIs in " + file + ": it is no whole archive. Save them again in the ROI Manager with More > Save, as .zip.",
            refusal(file));
    }

    @Test
    void aDamagedRoiIsNamed() throws IOException {
        Path file = folder.resolve("bad.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.roi"));
            zip.write("no roi".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("Cannot read the ROI a.roi in " + file + ": it is damaged.", refusal(file));
    }
}
