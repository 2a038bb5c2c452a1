package io.github.lesionj.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What kind of data lies at a path, by names alone; nothing is opened. */
public enum DataKind {
    /** Two-dimensional images with labels. */
    IMAGES,
    /** Image volumes, such as NIfTI. */
    VOLUMES,
    /** Whole-slide images. */
    SLIDES,
    /** Images with boxes: Pascal VOC or COCO. */
    DETECTION,
    /** Images with a mask or label image for each. */
    SEGMENTATION;

    private static final Set<String> VOLUME_ENDINGS = Set.of("nii", "nii.gz", "nrrd", "nhdr", "mha", "mhd", "mgz");
    private static final Set<String> SLIDE_ENDINGS = Set.of("svs", "ndpi", "mrxs", "scn", "vms", "vmu", "bif", "isyntax");
    private static final Set<String> MASK_FOLDERS = Set.of("labels", "masks", "mask", "segmentations", "label_images", "ground_truth");
    private static final Set<String> IMAGE_FOLDERS = Set.of("images", "image", "imgs", "raw", "jpegimages");
    private static final int LOOKED_AT = 1000;

    /** The kind of what lies at a path. */
    public static DataKind of(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return ofFolder(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // what cannot be listed is told when it is read
            return IMAGES;
        }
        return fileName(path).endsWith(".json") ? DETECTION : ofNames(List.of(fileName(path)));
    }

    /** The kind of most of some files. */
    public static DataKind ofNames(Collection<String> names) {
        long volumes = names.stream().filter(name -> endsWith(name, VOLUME_ENDINGS)).count();
        long slides = names.stream().filter(name -> endsWith(name, SLIDE_ENDINGS)).count();
        if (2 * volumes > names.size()) {
            return VOLUMES;
        }
        return 2 * slides > names.size() ? SLIDES : IMAGES;
    }

    private static DataKind ofFolder(Path folder) throws IOException {
        List<Path> children;
        try (Stream<Path> list = Files.list(folder)) {
            children = list.limit(LOOKED_AT).toList();
        }
        List<Path> folders = children.stream().filter(Files::isDirectory).toList();
        boolean looseImages = children.stream().anyMatch(child -> Files.isRegularFile(child) && !fileName(child).startsWith("."));
        boolean imageFolder = folders.stream().anyMatch(child -> IMAGE_FOLDERS.contains(fileName(child)));
        if (folders.stream().anyMatch(child -> fileName(child).equals("annotations") && holdsAny(child))) {
            return DETECTION;
        }
        // a folder called masks may be a class; beside images it is what belongs to them
        if ((imageFolder || looseImages) && folders.stream().anyMatch(child -> MASK_FOLDERS.contains(fileName(child)) && holdsAny(child))) {
            return SEGMENTATION;
        }
        try (Stream<Path> files = Files.walk(folder, 4)) {
            return ofNames(files.filter(Files::isRegularFile).limit(LOOKED_AT).map(DataKind::fileName).toList());
        }
    }

    private static boolean holdsAny(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean endsWith(String name, Set<String> endings) {
        return endings.stream().anyMatch(ending -> name.toLowerCase(Locale.ROOT).endsWith("." + ending));
    }

    private static String fileName(Path path) {
        return path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
