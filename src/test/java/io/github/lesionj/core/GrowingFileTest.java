package io.github.lesionj.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.door.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of which none is ever half there. */
class GrowingFileTest {

    @TempDir
    private Path folder;

    @Test
    void linesComeBehindWhatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("rows.csv"), "header\n");
        try (GrowingFile lines = new GrowingFile(file)) {
            lines.append("ä,1\n");
            assertEquals("header\nä,1\n", Files.readString(file), "before it is closed");
            lines.append("b,2\n");
        }
        assertEquals("header\nä,1\nb,2\n", Files.readString(file));
    }

    @Test
    void whatAKillCutShortIsRemoved() throws Exception {
        Path file = folder.resolve("rows.csv");
        for (List<String> example : List.of(List.of("a\nb\n", "a\nb\n"), List.of("a\nb", "a\n"), List.of("half", ""), List.of("", ""))) {
            Files.writeString(file, example.get(0));
            GrowingFile.cutUnfinishedLine(file);
            assertEquals(example.get(1), Files.readString(file));
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("no/rows.csv");
        assertTrue(assertThrows(UnwritableException.class, () -> new GrowingFile(file)).getMessage().startsWith("Cannot write " + file + ": "));
    }

    /** A disk of two blocks of 4096 bytes holds two of these lines and most of a third. */
    @Test
    void halfALineOfAFullDiskIsTakenBack() throws Exception {
        String line = "x".repeat(2999) + "\n";
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), "8k")) {
            Path file = Files.createFile(folder.resolve("disk/rows.csv"));
            try (GrowingFile lines = new GrowingFile(file)) {
                lines.append(line);
                lines.append(line);
                String reason = assertThrows(UnwritableException.class, () -> lines.append(line)).getMessage();
                assertTrue(reason.contains("No space left on device") && reason.contains("goes on where it stopped"), reason);
                assertEquals(line + line, Files.readString(file));
                disk.resize("1m");
                lines.append("short\n");
            }
            assertEquals(line + line + "short\n", Files.readString(file));
        }
    }
}
