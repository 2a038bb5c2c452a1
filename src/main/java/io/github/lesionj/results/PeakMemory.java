package io.github.lesionj.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory this process has held.
 *
 * @param megabytes MiB
 * @param of        {@code process} (resident, with native memory, Linux) or {@code java heap}
 */
record PeakMemory(long megabytes, String of) {

    private static final Path STATUS = Path.of("/proc/self/status");

    static PeakMemory now() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    return new PeakMemory(Long.parseLong(line.replaceAll("\\D", "")) / 1024, "process");
                }
            }
        } catch (IOException | NumberFormatException e) {
            return heap();
        }
        return heap();
    }

    private static PeakMemory heap() {
        long bytes = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage == null ? 0 : usage.getUsed()).sum();
        return new PeakMemory(bytes >> 20, "java heap");
    }
}
