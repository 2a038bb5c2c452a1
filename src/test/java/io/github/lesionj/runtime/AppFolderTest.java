package io.github.lesionj.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFolderTest {

    @TempDir
    private Path folder;
    private String before;

    @BeforeEach
    void point() {
        before = System.getProperty(AppFolder.LIBRARY_PROPERTY, "");
        System.setProperty(AppFolder.LIBRARY_PROPERTY, folder.toString());
    }

    @AfterEach
    void pointBack() {
        System.setProperty(AppFolder.LIBRARY_PROPERTY, before);
    }

    @Test
    void onlyTheListedJarsAreTaken() throws Exception {
        for (String jar : new String[] {"tensorflow-2.0-linux.jar", "tensorflow-1.0-linux.jar", "tensorflow-2.0-linux-gpu.jar", "djl.jar"}) {
            Files.writeString(folder.resolve(jar), "");
        }
        Files.writeString(folder.resolve("libraries.txt"), "./djl.jar:./tensorflow-2.0-linux.jar\n");
        URL[] expected = {folder.resolve("djl.jar").toUri().toURL(), folder.resolve("tensorflow-2.0-linux.jar").toUri().toURL()};
        assertEquals(List.of(expected), List.of(AppFolder.find().libraries()));
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        assertMissing("libraries.txt");
        Files.writeString(folder.resolve("libraries.txt"), "./djl.jar");
        assertMissing("djl.jar");
    }

    private static void assertMissing(String name) {
        LesionJException error = assertThrows(LesionJException.class, () -> AppFolder.find().libraries());
        assertTrue(error.getMessage().contains(" incomplete, " + name + " is missing"), error.getMessage());
    }
}
