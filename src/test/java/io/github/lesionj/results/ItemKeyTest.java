package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemKeyTest {

    @Test
    void namesPlanesAndRegions() {
        assertEquals("sub/a b.png", ItemKey.of("sub\\a b.png").filePath());
        assertEquals("stack.tif_c1_z2_t3", ItemKey.of("stack.tif", 1, 2, 3).filePath());
        ItemKey slash = ItemKey.of("stack.tif", 0, 2, 1).region("left/lung");
        assertTrue(slash.filePath().matches("stack.tif_z2_t1_left-lung-[0-9a-f]+"), slash.filePath());
        assertEquals("stack.tif_z2_t1_left-lung", ItemKey.of("stack.tif", 0, 2, 1).region("left-lung").filePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/ü ä/x (1) [b] 'c'.png", "😀.png", "a,b;c=d.tif", "x.PNG"})
    void keepsNamesThatAreFine(String path) {
        assertEquals(path, ItemKey.of(path).filePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/x.png", "/etc/x.png", "C:\\data\\x.png", "a//./b", "..", "", "a:b?.png", "x\ny.png", "dot."})
    void staysInsideTheFolder(String path) {
        Path root = Path.of("/results/overlays");
        Path file = root.resolve(ItemKey.of(path).filePath()).normalize();
        assertTrue(file.startsWith(root) && !file.equals(root), file.toString());
        assertFalse(ItemKey.of(path).filePath().matches(".*[:?\\n].*"), file.toString());
    }

    @Test
    void keepsChangedNamesApartAndShort() {
        assertNotEquals(ItemKey.of("a:b").filePath(), ItemKey.of("a?b").filePath());
        String name = ItemKey.of("ü".repeat(120) + "1.png").filePath();
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length < 200, name);
        assertNotEquals(name, ItemKey.of("ü".repeat(120) + "2.png").filePath());
    }
}
