package io.github.lesionj.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomSetTest {

    @TempDir
    Path folder;

    @Test
    void theFolderIsADataSetInTwoForms() throws IOException {
        Path table = PhantomSet.write(folder, 6, 10, 64, 48, Progress.NONE);
        for (Path form : List.of(folder, table)) {
            LabelledSet set = LabelledSets.open(new DataReference(form, ""), new ClassNaming(List.of("normal", "lesion")));
            assertArrayEquals(new int[] {3, 3}, set.counts());
            assertEquals(List.of(), set.rejected());
        }
        BufferedImage image = ImageIO.read(folder.resolve("lesion/13.png").toFile());
        Phantom phantom = new PhantomGenerator(64, 48).draw(13);
        assertEquals(phantom.pixel(63, 20), image.getRaster().getSample(63, 20, 0));
        Map<String, Lesion> truth = PhantomSet.readTruth(table);
        assertEquals(3, truth.size());
        assertEquals(phantom.lesion().x(), truth.get("lesion/13.png").x(), 1e-6);
        assertEquals(phantom.lesion().contrast(), truth.get("lesion/13.png").contrast(), 1e-6);
    }

    @Test
    void nothingIsNotDrawn() {
        assertThrows(UsageException.class, () -> PhantomSet.write(folder, 0, 1, 64, 64, Progress.NONE));
    }
}
