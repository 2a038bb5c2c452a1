package io.github.lesionj.pipeline;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a training has to work with.
 *
 * @param cores      of the processor
 * @param javaMb     memory that Java may use, in MiB
 * @param physicalMb memory of the machine, in MiB
 * @param gpus       that a driver shows; whether they work is known only when the engine has started
 */
record Machine(int cores, long javaMb, long physicalMb, int gpus) {

    private static final Path NVIDIA = Path.of("/proc/driver/nvidia/gpus");

    /** This one, without starting the engine. */
    static Machine here() {
        Runtime java = Runtime.getRuntime();
        long physical = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new Machine(java.availableProcessors(), java.maxMemory() >> 20, physical >> 20, nvidia());
    }

    private static int nvidia() {
        try (Stream<Path> gpus = Files.list(NVIDIA)) {
            return (int) gpus.count();
        } catch (IOException e) {
            return 0;
        }
    }
}
