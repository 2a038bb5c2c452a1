package io.github.lesionj.dataset;

import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a folder that may be images.
 *
 * <p>Left out are hidden files and folders, folders that hold a {@code run.json} (results are never input), and files whose
 * extension is that of a text, table or archive. Any other file counts, so that one that cannot be read is reported and
 * not passed over.
 *
 * @param files      sorted by their path under the folder
 * @param unreadable folders that could not be listed, and why
 */
public record ImageFolder(List<Path> files, List<RejectedItem> unreadable) {

    private static final Set<String> NO_IMAGES = Set.of("csv", "tsv", "txt", "md", "json", "xml", "yaml", "yml", "html", "htm",
        "pdf", "ijm", "groovy", "py", "java", "js", "log", "zip", "gz", "tar", "npz", "npy", "h5", "roi", "ini", "db", "doc", "docx",
        "xls", "xlsx", "toml", "sh", "bat", "exe", "jar", "lut", "geojson");

    /** Lists a folder and all folders in it; links are followed, once each. */
    public static ImageFolder list(Path folder) {
        List<Path> files = new ArrayList<>();
        List<RejectedItem> unreadable = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    boolean skipped = !visited.equals(folder) && isSkipped(visited);
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (isCandidate(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException reason) {
                    unreadable.add(new RejectedItem(name(folder, file), WholeFile.reason(reason)));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            unreadable.add(new RejectedItem(folder.toString(), WholeFile.reason(e)));
        }
        files.sort(Comparator.comparing(file -> name(folder, file)));
        return new ImageFolder(List.copyOf(files), List.copyOf(unreadable));
    }

    /** The folders directly in a folder that may hold images, sorted by name. */
    static List<Path> subfolders(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).filter(child -> !isSkipped(child))
                .sorted(Comparator.comparing(child -> child.getFileName().toString())).toList();
        }
    }

    /** The files directly in a folder that may be images, sorted by name. */
    static List<Path> directFiles(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile).filter(ImageFolder::isCandidate)
                .sorted(Comparator.comparing(child -> child.getFileName().toString())).toList();
        }
    }

    /** The path of a file under a folder, with {@code /} on every system. */
    public static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** A file name or path without its ending; what only begins with a dot has none. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    private static boolean isSkipped(Path folder) {
        return isHidden(folder) || Files.exists(folder.resolve("run.json"));
    }

    private static boolean isCandidate(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !isHidden(file) && !NO_IMAGES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.equals("__MACOSX");
    }
}
