package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Opens model packages: a folder with a card, or its zip. Nothing of a package is used before its checksums were compared.
 *
 * <p>A hand-written card may lie beside a SavedModel that is not zipped: {@code source} then names a folder within the
 * package, or {@code .} for the card's own; its {@code sha256} (see {@link Checksum#ofSavedModel}) may be left out, for
 * who writes a card into a folder vouches for it. In a zip every file needs its checksum.
 */
public final class PackageReader {

    private final UnpackCache cache;

    /** Reads with the user's cache. */
    public PackageReader() {
        this(UserFolders.cache());
    }

    public PackageReader(Path cacheFolder) {
        cache = new UnpackCache(cacheFolder, new ZipGuard());
    }

    /**
     * Opens a package.
     *
     * @param path folder with {@code rdf.yaml}, that file itself, or a zip of such a folder
     * @throws UsageException naming the file that is missing, damaged, or refused
     */
    public ModelPackage open(Path path) {
        if (Files.isDirectory(path)) {
            return openFolder(path.toAbsolutePath().normalize(), false);
        }
        if (!Files.isRegularFile(path)) {
            throw new UsageException("There is no model package " + path
                + "; give a folder that holds rdf.yaml, or its zip.");
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return openFolder(path.toAbsolutePath().normalize().getParent(), false);
        }
        return openFolder(packageFolder(path, cache.unpacked(path, cache.checksum(path))), true);
    }

    /** Version, task, description and problem of a card, from memory where it was not written since. */
    List<String> summary(Path card) {
        return List.of(cache.summary(card, PackageReader::summarise).split("\n", -1));
    }

    private static String summarise(Path file) {
        try {
            ModelCard card = CardReader.read(file).card();
            return String.join("\n", oneLine(card.version()), oneLine(card.task()), oneLine(card.description()), "");
        } catch (UsageException e) {
            return "\n\n\n" + oneLine(e.getMessage());
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Path packageFolder(Path zip, Path unpacked) {
        if (CardReader.find(unpacked) != null) {
            return unpacked;
        }
        List<Path> inside = children(unpacked);
        if (inside.size() == 1 && Files.isDirectory(inside.get(0)) && CardReader.find(inside.get(0)) != null) {
            return inside.get(0);
        }
        throw new UsageException("The zip file " + zip
            + " is no model package: it has no rdf.yaml. A bare SavedModel needs a card; docs has the model card format.");
    }

    private ModelPackage openFolder(Path folder, boolean fromZip) {
        Path file = CardReader.find(folder);
        if (file == null) {
            throw new UsageException("The folder " + folder + " is no model package: it has no rdf.yaml.");
        }
        CardFile content = CardReader.read(file);
        content.otherFiles().values().forEach(named -> checkFile(folder, named, fromZip));
        NamedFile weights = content.weights();
        Path source = weights.in(folder);
        requireInside(folder, source);
        if (Files.isDirectory(source)) {
            return ofFolder(folder, content, source, fromZip);
        }
        requireChecksum(folder, weights, true);
        String checksum = cache.checksum(source);
        weights.check(folder, checksum);
        return new ModelPackage(folder, content.card(), savedModel(source, cache.unpacked(source, checksum)), checksum);
    }

    private ModelPackage ofFolder(Path folder, CardFile content, Path source, boolean fromZip) {
        requireChecksum(folder, content.weights(), fromZip);
        Path savedModel = savedModel(source, source);
        String checksum = Checksum.ofSavedModel(savedModel, cache::checksum);
        content.weights().check(folder, checksum);
        return new ModelPackage(folder, content.card(), savedModel, checksum);
    }

    private void checkFile(Path folder, NamedFile named, boolean fromZip) {
        Path file = named.in(folder);
        requireInside(folder, file);
        requireChecksum(folder, named, fromZip);
        if (named.sha256() != null) {
            named.check(folder, cache.checksum(file));
        }
    }

    private static void requireChecksum(Path folder, NamedFile named, boolean needed) {
        if (needed && named.sha256() == null) {
            throw new UsageException("The model package " + folder + " states no checksum for " + named.source()
                + ": add its sha256 to the card.");
        }
    }

    /** A link in a folder may lead out of the package. */
    private static void requireInside(Path folder, Path file) {
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new UsageException("Refused " + file + ": it is a link that leads out of the model package.");
            }
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /** The SavedModel lies in the folder itself or, as some tools zip it, in its only folder. */
    private static Path savedModel(Path source, Path folder) {
        List<Path> found = Stream.concat(Stream.of(folder), children(folder).stream())
            .filter(candidate -> Files.isRegularFile(candidate.resolve("saved_model.pb"))).toList();
        if (Files.isRegularFile(folder.resolve("saved_model.pb"))) {
            return folder;
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new UsageException("The weights " + source + " hold " + (found.isEmpty() ? "no" : "more than one")
            + " SavedModel: one saved_model.pb is wanted in it or in its only folder.");
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (IOException e) {
            throw new UsageException("Cannot read the folder " + folder + ": " + WholeFile.reason(e) + ".", e);
        }
    }
}
