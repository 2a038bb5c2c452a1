package io.github.lesionj.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the images of a COCO file are: beside it, in {@code images} beside it, or in a folder that is named as a split, the one
 * that is asked for or in the file's name first ({@code val2017} for {@code instances_val2017.json}). For a file in a folder {@code annotations} the
 * same is tried beside that folder.
 */
final class CocoImages {

    private final List<Path> folders = new ArrayList<>();
    /** Those of the folders that are not named as a split. */
    private final List<Path> bases = new ArrayList<>();

    /**
     * The images of a file.
     *
     * @param wanted the only split that is asked for, or empty
     */
    CocoImages(Path file, String wanted) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        addAll(folder, file, wanted);
        if (folder.getFileName() != null && folder.getFileName().toString().equalsIgnoreCase("annotations")) {
            addAll(folder.getParent(), file, wanted);
        }
    }

    private void addAll(Path folder, Path file, String wanted) throws IOException {
        List<Path> parents = new ArrayList<>(List.of(folder));
        subfolders(folder).stream().filter(child -> lowerName(child).equals("images")).forEach(parents::add);
        folders.addAll(parents);
        bases.addAll(parents);
        for (Path parent : parents) {
            List<Path> splits = new ArrayList<>(subfolders(parent).stream().filter(child -> !splitOf(child).isEmpty()).toList());
            splits.sort(Comparator.comparing(split -> !isNamed(split, file, wanted)));
            folders.addAll(splits);
        }
    }

    private static boolean isNamed(Path split, Path file, String wanted) {
        return wanted.isEmpty() ? lowerName(file).contains(lowerName(split)) : wanted.equalsIgnoreCase(splitOf(split));
    }

    private static List<Path> subfolders(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Years are no part of it: {@code val} for {@code val2017}. */
    private static String splitOf(Path folder) {
        String name = lowerName(folder).replaceAll("\\d+$", "");
        return SplitName.is(name) ? name : "";
    }

    private static String lowerName(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** The first that exists; else the path beside the file, which does not. */
    ListedPath find(String name) {
        for (Path folder : folders) {
            ListedPath listed = ListedPath.of(name, folder);
            if (listed.exists()) {
                return listed;
            }
        }
        return ListedPath.of(name, folders.get(0));
    }

    /** The split after which the folder of an image is named; empty = none. */
    String split(Path image) {
        return bases.stream().filter(image::startsWith).max(Comparator.comparingInt(Path::getNameCount)).map(base -> base.relativize(image))
            .filter(below -> below.getNameCount() > 1).map(below -> splitOf(below.getName(0))).orElse("");
    }
}
