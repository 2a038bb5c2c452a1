package io.github.lesionj.modelpackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where a user's models and the cache lie: a system property, else a variable, else {@code .lesionj} at home. */
public final class UserFolders {

    private UserFolders() {
    }

    /** The user's models: property {@code lesionj.models}, else {@code LESIONJ_MODELS}, else {@code .lesionj/models}. */
    public static Path models() {
        return folder("lesionj.models", "LESIONJ_MODELS", "models");
    }

    /**
     * What is unpacked for speed and can be deleted at any time: property {@code lesionj.cache}, else {@code LESIONJ_CACHE},
     * else {@code .lesionj/cache}; where that cannot be written, a folder for temporary files.
     */
    public static Path cache() {
        Path cache = folder("lesionj.cache", "LESIONJ_CACHE", "cache");
        return writable(cache) ? cache : temporaryCache();
    }

    private static Path folder(String property, String variable, String name) {
        String stated = System.getProperty(property, System.getenv().getOrDefault(variable, ""));
        Path folder = stated.isBlank() ? Path.of(System.getProperty("user.home"), ".lesionj", name) : Path.of(stated);
        return folder.toAbsolutePath().normalize();
    }

    private static boolean writable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".probe", null));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One per user, so that it is used again; others must not have prepared it. */
    private static Path temporaryCache() {
        Path shared = Path.of(System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
        Path folder = shared.resolve("lesionj-cache-" + user);
        try {
            Path probe = Files.createTempDirectory(shared, "lesionj-cache-");
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(probe, folder);
                return folder;
            }
            boolean ours = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder).equals(Files.getOwner(probe)) && writable(folder);
            if (ours) {
                Files.delete(probe);
            }
            return ours ? folder : probe;
        } catch (IOException e) {
            return folder;
        }
    }
}
