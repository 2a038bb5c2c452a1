package io.github.lesionj.inference;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.core.LesionJException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

    @TempDir
    private Path folder;

    private Processor processor(String cpuInfo) throws Exception {
        return Processor.ofLinux(Files.writeString(folder.resolve("cpuinfo"), cpuInfo));
    }

    @Test
    void withoutAvxItIsNamedAsTooOld() throws Exception {
        Processor old = processor("processor\t: 0\nmodel name\t: Core 2 Duo E8400\nflags\t\t: fpu sse4_1 xsavex\n\nprocessor\t: 1\n");
        LesionJException error = assertThrows(LesionJException.class, old::check);
        assertEquals("This processor (Core 2 Duo E8400) is too old for TensorFlow: it lacks AVX, which processors have had since about "
            + "2011; use LesionJ on a newer machine.", error.getMessage());
    }

    @Test
    void aFlagThatOnlyBeginsSoIsNotAvx() throws Exception {
        assertThrows(LesionJException.class, processor("flags : sse avx2\n")::check);
        assertDoesNotThrow(processor("flags : sse avx avx2\n")::check);
    }

    @Test
    void whatCannotBeLearnedIsNotRefused() throws Exception {
        assertDoesNotThrow(processor("Features : fp asimd\n")::check);
        assertDoesNotThrow(Processor.ofLinux(folder.resolve("missing"))::check);
        assertDoesNotThrow(Processor.ofThisMachine()::check);
    }
}
