package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file that a card names.
 *
 * @param source relative to the card, with {@code /}
 * @param sha256 in hexadecimal, or null where the card does not say
 */
public record NamedFile(String source, String sha256) {

    public NamedFile {
        sha256 = sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
    }

    /** Where it lies; refused when it is missing. */
    Path in(Path folder) {
        Path file = folder.resolve(source).normalize();
        if (!Files.exists(file)) {
            throw new UsageException("The model package " + folder + " lacks " + source
                + ", which its card names. Get the package again.");
        }
        return file;
    }

    /** Refuses a file whose bytes are not those of the card. */
    void check(Path folder, String checksum) {
        if (sha256 != null && !sha256.equals(checksum)) {
            throw new UsageException("The checksum of " + in(folder) + " is not that of its card"
                + ": the file is damaged or was changed. Get the package again.");
        }
    }
}
