package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    @ParameterizedTest
    @CsvSource({"1.8,8", "9,9", "11,11", "17,17", "21,21", "1.6,6"})
    void versionsOldAndNew(String specification, int version) {
        assertEquals(version, Launcher.version(specification));
    }

    /** An older Java has to load it to say that it is too old. */
    @ParameterizedTest
    @ValueSource(strings = {"Launcher", "HostLoader"})
    void loadsOnJava8(String name) throws IOException {
        try (DataInputStream in = new DataInputStream(Launcher.class.getResourceAsStream(name + ".class"))) {
            assertEquals(0xCAFEBABE, in.readInt());
            in.readUnsignedShort();
            assertEquals(52, in.readUnsignedShort());
        }
    }

    @Test
    void theRestNeedsJava17() throws IOException {
        try (DataInputStream in = new DataInputStream(Launcher.class.getResourceAsStream("Bridge.class"))) {
            in.readInt();
            in.readUnsignedShort();
            assertEquals(61, in.readUnsignedShort());
        }
    }
}
