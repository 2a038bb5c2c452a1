package io.github.lesionj.modelpackage;

import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes zip files that have the same bytes for the same content: sorted entries, one fixed time. */
final class ZipWriter {

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ZipWriter() {
    }

    /**
     * Writes files of a folder.
     *
     * @param files relative to the folder; their order is kept
     */
    static void write(Path zip, Path folder, List<Path> files) {
        WholeFile.write(zip, out -> {
            ZipOutputStream stream = new ZipOutputStream(out);
            for (Path file : files) {
                add(stream, Checksum.slashed(file), folder.resolve(file));
            }
            stream.finish();
        });
    }

    private static void add(ZipOutputStream stream, String name, Path file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        stream.putNextEntry(entry);
        Files.copy(file, stream);
        stream.closeEntry();
    }
}
