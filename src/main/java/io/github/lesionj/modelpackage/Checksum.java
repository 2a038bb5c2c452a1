package io.github.lesionj.modelpackage;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** SHA-256 in lower-case hexadecimal. */
public final class Checksum {

    private Checksum() {
    }

    /** Of a file's bytes. */
    public static String of(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /** Of a text's UTF-8 bytes. */
    public static String of(String text) {
        return Sha256.of(text);
    }

    /**
     * Of a SavedModel folder: the checksum of the list that {@code sha256sum} prints for {@code saved_model.pb},
     * {@code fingerprint.pb} and every file below {@code variables} and {@code assets}, with {@code /} and in the order
     * of their names.
     */
    public static String ofSavedModel(Path folder) {
        return ofSavedModel(folder, Checksum::of);
    }

    /** The same, with a way to the checksum of a file that need not read it again. */
    static String ofSavedModel(Path folder, Function<Path, String> ofFile) {
        StringBuilder list = new StringBuilder();
        for (Path file : savedModelFiles(folder)) {
            list.append(ofFile.apply(folder.resolve(file))).append("  ").append(slashed(file)).append('\n');
        }
        return of(list.toString());
    }

    /** The files that a SavedModel consists of, relative to its folder, in the order of their names. */
    static List<Path> savedModelFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).filter(Checksum::belongsToSavedModel)
                .sorted((a, b) -> slashed(a).compareTo(slashed(b))).toList();
        } catch (IOException e) {
            throw new UsageException("Cannot read the folder " + folder + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static boolean belongsToSavedModel(Path relative) {
        String top = relative.getName(0).toString();
        return relative.getNameCount() == 1 ? top.equals("saved_model.pb") || top.equals("fingerprint.pb")
            : top.equals("variables") || top.equals("assets");
    }

    static String slashed(Path relative) {
        return relative.toString().replace('\\', '/');
    }
}
