package io.github.lesionj.inference;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * What TensorFlow needs of the processor: its libraries for x86 are compiled with AVX, and without it they end the whole
 * process, ImageJ and all, instead of failing.
 *
 * @param name what the system calls it
 * @param avx  whether it has the instructions; also true where that cannot be learned
 */
record Processor(String name, boolean avx) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    /** PF_AVX_INSTRUCTIONS_AVAILABLE of winnt.h. */
    private static final int WINDOWS_AVX = 39;

    /** What Windows knows of its processor. */
    interface Kernel32 extends Library {
        // The system's own name.
        boolean IsProcessorFeaturePresent(int feature);
    }

    static Processor ofThisMachine() {
        return switch (Loader.getPlatform()) {
            case "linux-x86_64" -> ofLinux(CPU_INFO);
            case "windows-x86_64" -> new Processor(String.valueOf(System.getenv("PROCESSOR_IDENTIFIER")),
                Native.load("kernel32", Kernel32.class).IsProcessorFeaturePresent(WINDOWS_AVX));
            default -> new Processor(Loader.getPlatform(), true);
        };
    }

    /** @param cpuInfo as Linux writes it: lines of {@code key : value} */
    static Processor ofLinux(Path cpuInfo) {
        try {
            String[] lines = Files.readString(cpuInfo, StandardCharsets.ISO_8859_1).split("\n");
            Optional<String> flags = value(lines, "flags");
            return new Processor(value(lines, "model name").orElse("unknown"),
                flags.isEmpty() || Arrays.asList(flags.get().split(" ")).contains("avx"));
        } catch (IOException e) {
            return new Processor("unknown", true);
        }
    }

    private static Optional<String> value(String[] lines, String key) {
        return Arrays.stream(lines).filter(line -> line.matches(key + "\\s*:.*"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst();
    }

    /** @throws LesionJException where TensorFlow would end the process */
    void check() {
        if (!avx) {
            throw new LesionJException("This processor (" + name + ") is too old for TensorFlow: it lacks AVX, which processors have "
                + "had since about 2011; use LesionJ on a newer machine.");
        }
    }
}
