package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipGuardTest {

    @TempDir
    private Path folder;

    private Path target() throws IOException {
        return Files.createDirectories(folder.resolve("in/target"));
    }

    private String refusal(ZipGuard guard, Path zip) throws IOException {
        Path target = target();
        String sentence = assertThrows(UsageException.class, () -> guard.unpack(zip, target)).getMessage();
        assertTrue(sentence.contains(zip.toString()) && !sentence.contains("\n"), sentence);
        try (Stream<Path> left = Files.walk(folder)) {
            assertFalse(left.anyMatch(file -> file.getFileName().toString().contains("evil")), "something was written outside");
        }
        return sentence;
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "a/../../evil.txt", "/evil.txt", "C:/evil.txt", "C:evil.txt", "..\\evil.txt",
        "a\\evil.txt", "a//evil.txt", "./evil.txt", "a/./evil.txt", "evil.txt/..", "evil.txt.", "evil.txt ", "evil\u0001.txt",
        "a/NUL", "con.txt", "Aux/evil.txt", "evil.txt:stream"})
    void refusesNamesThatLeadElsewhere(String name) throws IOException {
        refusal(new ZipGuard(), new EvilZip().entry("good.txt", "x").entry(name, "x").write(folder.resolve("a.zip")));
        assertFalse(Files.exists(target().resolve("good.txt")), "names are judged before anything is written");
    }

    @ParameterizedTest
    @ValueSource(ints = {0120777, 0060644, 0020644, 0010644, 0140644})
    void refusesLinksAndDevices(int mode) throws IOException {
        Path zip = new EvilZip().entry("good.txt", "x").entry("link", "/etc/passwd").writeWithMode(folder.resolve("a.zip"), mode);
        assertTrue(refusal(new ZipGuard(), zip).contains("link"));
    }

    @Test
    void acceptsModesOfPlainFiles() throws IOException {
        Path zip = new EvilZip().entry("sub/good.txt", "x").writeWithMode(folder.resolve("a.zip"), 0100644);
        new ZipGuard().unpack(zip, target());
        assertEquals("x", Files.readString(target().resolve("sub/good.txt")));
    }

    @Test
    void refusesDuplicates() throws IOException {
        refusal(new ZipGuard(), new EvilZip().entry("aaaa.txt", "x").entry("bbbb.txt", "y")
            .writeRenamed(folder.resolve("a.zip"), "bbbb.txt", "aaaa.txt"));
        refusal(new ZipGuard(), new EvilZip().entry("file.txt", "x").entry("FILE.txt", "y").write(folder.resolve("b.zip")));
        refusal(new ZipGuard(), new EvilZip().entry("\u00fc.txt", "x").entry("u\u0308.txt", "y").write(folder.resolve("c.zip")));
        refusal(new ZipGuard(), new EvilZip().entry("a", "x").entry("a/b", "y").write(folder.resolve("d.zip")));
    }

    @Test
    void refusesBombs() throws IOException {
        byte[] zeros = new byte[80 << 20];
        Path ratio = new EvilZip().entry("zeros", zeros).write(folder.resolve("a.zip"));
        assertTrue(refusal(new ZipGuard(), ratio).contains("bomb"));
        Path total = new EvilZip().entry("a", new byte[600]).entry("b", new byte[600]).write(folder.resolve("b.zip"));
        assertTrue(refusal(new ZipGuard(1000, 10, 1000), total).contains("bomb"));
        assertTrue(refusal(new ZipGuard(10_000, 1, 1000), total).contains("entries"));
    }

    @Test
    void acceptsASmallFileThatPacksWell() throws IOException {
        new ZipGuard().unpack(new EvilZip().entry("zeros", new byte[10 << 20]).write(folder.resolve("a.zip")), target());
        assertEquals(10 << 20, Files.size(target().resolve("zeros")));
    }

    @Test
    void refusesWhatIsNoZip() throws IOException {
        byte[] whole = Files.readAllBytes(new EvilZip().entry("file.txt", "some text").write(folder.resolve("whole.zip")));
        byte[][] broken = {new byte[0], "text as a zip".getBytes(), Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length - 1), Arrays.copyOfRange(whole, whole.length - 22, whole.length)};
        for (byte[] bytes : broken) {
            refusal(new ZipGuard(), Files.write(folder.resolve("broken.zip"), bytes));
        }
    }

    @Test
    void refusesDamagedContent() throws IOException {
        Path zip = new EvilZip().entry("file.txt", "some text that is long enough").write(folder.resolve("a.zip"));
        byte[] bytes = Files.readAllBytes(zip);
        bytes[45] ^= 0x55;
        Files.write(zip, bytes);
        Path target = target();
        assertThrows(RuntimeException.class, () -> new ZipGuard().unpack(zip, target));
    }
}
