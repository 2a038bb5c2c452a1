package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each row of a long table takes of the heap; 10,000 files of one size, for ten times as many take minutes to write. */
class LargeSetTest {

    private static final int ROWS = 10_000;
    private static final int BYTES_A_ROW = 1000;

    @TempDir
    Path folder;

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("path,label,group,site\n");
        for (int i = 0; i < ROWS; i++) {
            if (i % 1000 == 0) {
                Files.createDirectories(folder.resolve("images/" + i / 1000));
            }
            String path = "images/" + i / 1000 + "/image-" + i + ".png";
            Files.writeString(folder.resolve(path), String.valueOf(1_000_000 + i));
            text.append(path).append(i % 7 == 0 ? ",lesion,patient-" : ",normal,patient-").append(i / 3).append(",site ").append(i % 5)
                .append('\n');
        }
        return Files.writeString(folder.resolve("set.csv"), text);
    }

    @Test
    void rowsTakeLessThanAKilobyteEachAndFoldsLittleMore() throws IOException {
        Path table = table();
        long before = used();
        FoldedSet set = FoldedSet.open(table.toString(), "0.2", ClassNaming.FREE, new FoldRule(5, FoldRule.By.GROUP), 1, Progress.NONE);
        long bytes = used() - before;
        assertEquals(ROWS, set.folds().stream().mapToInt(fold -> fold.heldOut().size()).sum());
        assertTrue(bytes < (long) ROWS * BYTES_A_ROW, "takes " + bytes / ROWS + " bytes a row");
        assertTrue(bytes > 10L * ROWS, "was measured: " + bytes);
    }
}
