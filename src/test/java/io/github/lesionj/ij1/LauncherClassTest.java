package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plugins.config names must load on a Java that is too old for all else, to say so. */
class LauncherClassTest {

    @ParameterizedTest
    @ValueSource(strings = {"Launcher", "HostLoader"})
    void isOfJava8(String name) throws IOException {
        assertEquals(52, version(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bridge"})
    void theRestIsNewer(String name) throws IOException {
        assertTrue(version(name) >= 61);
    }

    private static int version(String name) throws IOException {
        try (InputStream in = LauncherClassTest.class.getResourceAsStream("/io/github/lesionj/ij1/" + name + ".class");
            DataInputStream data = new DataInputStream(in)) {
            assertEquals(0xCAFEBABE, data.readInt());
            data.readUnsignedShort();
            return data.readUnsignedShort();
        }
    }

    @ParameterizedTest
    @CsvSource({"1.8,8", "9,9", "11,11", "17,17", "21.0,21"})
    void readsTheVersionOfJava(String text, int expected) {
        assertEquals(expected, Launcher.version(text));
    }
}
