package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an unpacked folder must hold: checksum, size and time of every file. A file whose size and time are still the same
 * is taken as unchanged, any other is read again; so opening a large model costs no second reading.
 */
final class Manifest {

    private record Line(String sha256, long size, long time, String path) {
        private boolean matches(Path folder) throws IOException {
            Path file = folder.resolve(path);
            return Files.isRegularFile(file) && Files.size(file) == size
                && (Files.getLastModifiedTime(file).toMillis() == time || Checksum.of(file).equals(sha256));
        }

        @Override
        public String toString() {
            return sha256 + " " + size + " " + time + " " + path;
        }
    }

    private Manifest() {
    }

    /** Lists a folder's files and writes the list. */
    static void write(Path folder, Path manifest) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files(folder)) {
            Path absolute = folder.resolve(file);
            text.append(new Line(Checksum.of(absolute), Files.size(absolute),
                Files.getLastModifiedTime(absolute).toMillis(), Checksum.slashed(file))).append('\n');
        }
        WholeFile.write(manifest, text.toString());
    }

    /** Whether the folder holds exactly what the list says. */
    static boolean holds(Path folder, Path manifest) {
        try {
            List<Line> lines = read(manifest);
            if (lines.size() != files(folder).size()) {
                return false;
            }
            for (Line line : lines) {
                if (!line.matches(folder)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | NumberFormatException | UsageException e) {
            return false;
        }
    }

    private static List<Line> read(Path manifest) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(manifest, StandardCharsets.UTF_8)) {
            String[] parts = text.split(" ", 4);
            if (parts.length < 4) {
                throw new IOException("broken list");
            }
            lines.add(new Line(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]));
        }
        return lines;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file)).map(folder::relativize).sorted().toList();
        }
    }
}
