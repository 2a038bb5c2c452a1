package io.github.lesionj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Javadoc of everything, private parts too, has no warning. */
class JavadocTest {

    @Test
    void hasNoWarnings(@TempDir Path folder) {
        StringWriter told = new StringWriter();
        PrintWriter writer = new PrintWriter(told);
        String sources = String.join(File.pathSeparator, List.of("src/main/java", "src/main/java8"));
        ToolProvider.findFirst("javadoc").orElseThrow().run(writer, writer, "-quiet", "-private", "-Xdoclint:all,-missing", "-encoding",
            "UTF-8", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"), "-sourcepath", sources,
            "-subpackages", "io.github.lesionj");
        assertEquals("", told.toString());
    }
}
