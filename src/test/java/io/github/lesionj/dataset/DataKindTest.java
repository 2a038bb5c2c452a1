package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What folders and lists look like. */
class DataKindTest {

    @TempDir
    private Path folder;

    private Path with(String set, String... files) throws IOException {
        for (String file : files) {
            Path path = folder.resolve(set).resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, new byte[] {1});
        }
        return folder.resolve(set);
    }

    @Test
    void aFolderPerClassHoldsImages() throws IOException {
        assertEquals(DataKind.IMAGES, DataKind.of(with("classes", "normal/a.png", "lesion/b.png")));
    }

    @Test
    void aClassCalledMasksIsAClass() throws IOException {
        assertEquals(DataKind.IMAGES, DataKind.of(with("faces", "masks/a.png", "no masks/b.png")));
    }

    @Test
    void masksBesideImagesAreSegmentation() throws IOException {
        assertEquals(DataKind.SEGMENTATION, DataKind.of(with("beside", "images/a.png", "masks/a.png")));
        assertEquals(DataKind.SEGMENTATION, DataKind.of(with("loose", "a.tif", "labels/a.tif")));
    }

    @Test
    void boxesAreDetection() throws IOException {
        assertEquals(DataKind.DETECTION, DataKind.of(with("voc", "JPEGImages/a.jpg", "Annotations/a.xml")));
        assertEquals(DataKind.DETECTION, DataKind.of(with("coco", "coco.json").resolve("coco.json")));
    }

    @Test
    void volumesAndSlidesAreKnownByTheirEndings() throws IOException {
        assertEquals(DataKind.VOLUMES, DataKind.of(with("volumes", "a/1.nii.gz", "b/2.NII.GZ", "b/readme.txt")));
        assertEquals(DataKind.SLIDES, DataKind.ofNames(List.of("a.svs", "b.ndpi", "c.png")));
        assertEquals(DataKind.IMAGES, DataKind.ofNames(List.of("a.svs", "b.png", "c.png")));
    }
}
