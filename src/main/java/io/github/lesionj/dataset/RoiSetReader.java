package io.github.lesionj.dataset;

import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import io.github.lesionj.core.FilePath;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox.Role;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.image.RoiMark;
import io.github.lesionj.image.TiffOverlay;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Images, in {@code images} or in the folder itself, with ROIs: in {@code rois/PATH.zip}, PATH being an image's path under its
 * folder with its ending or without, as result folders have them; else in the overlay of a TIFF that ImageJ wrote. Overlays
 * alone make a set where the images lie in the folder itself and no other folder of images beside them.
 *
 * <p>A ROI counts by its bounds, whatever its shape, and its class is what {@link ObjectClasses} says. Where no ROI says its
 * class all are of one, that of {@code class_names} or {@value LabelImageSetReader#OBJECT}. An image without ROIs has nothing on
 * it; one that has only ROIs of our heat maps is not annotated, and is listed. Folders that are named as splits are their
 * images' splits.
 */
final class RoiSetReader implements LabelledSetReader {

    private static final String ROIS = "rois";
    private static final String IMAGES = "images";
    private static final String END = ".zip";
    /** Above it the area is taken from the box: a mask of that many px would cost too much. */
    private static final double LARGEST_MASK = 1 << 26;

    @Override
    public boolean knows(Path path) {
        try {
            return Files.isDirectory(path) && (!archives(path.resolve(ROIS)).isEmpty() || hasOverlays(path));
        } catch (IOException e) {
            // told by the reader that lists the folder
            return false;
        }
    }

    private static List<Path> archives(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().endsWith(END)).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean hasOverlays(Path path) throws IOException {
        return ImageFolder.subfolders(path).isEmpty() && ImageFolder.directFiles(path).stream().anyMatch(RoiSetReader::hasOverlay);
    }

    private static boolean hasOverlay(Path image) {
        try {
            return !TiffOverlay.read(image).isEmpty();
        } catch (LesionJException e) {
            // a damaged image is listed by whoever reads the set
            return false;
        }
    }

    @Override
    public boolean givesBoxes() {
        return true;
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        try {
            Path rois = path.resolve(ROIS);
            Path images = path.resolve(IMAGES);
            Collector collector = new Collector(path, Files.isDirectory(images) && !Files.exists(rois.resolve(IMAGES)) ? images : path, naming);
            collector.take(rois);
            return collector.collect(archives(rois));
        } catch (IOException e) {
            throw new UsageException("Cannot list the folder " + path + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /**
     * A ROI.
     *
     * @param what  as messages call it
     * @param fault why it is no object; empty = it is one
     * @param box   its class may be empty
     */
    private record Drawn(String what, String fault, FoundBox box) {
    }

    /** An image and what is drawn on it. */
    private record Image(String name, Path file, List<Drawn> drawn) {
    }

    private static final class Collector {

        private static final ObjectClasses ANY = new ObjectClasses(List.of());

        private final Path folder;
        /** Of the images. */
        private final Path root;
        private final ClassNaming naming;
        private final ObjectClasses classes;
        private final List<Image> images = new ArrayList<>();
        private final Set<Path> used = new HashSet<>();
        private final List<RejectedItem> rejected = new ArrayList<>();

        Collector(Path folder, Path root, ClassNaming naming) {
            this.folder = folder;
            this.root = root;
            this.naming = naming;
            this.classes = new ObjectClasses(naming.given());
        }

        void take(Path rois) {
            ImageFolder listed = ImageFolder.list(root);
            rejected.addAll(listed.unreadable());
            listed.files().stream().filter(image -> !image.startsWith(rois)).forEach(this::add);
        }

        private void add(Path file) {
            String name = ImageFolder.name(root, file);
            try {
                List<Roi> all = rois(name, file);
                List<Roi> objects = all.stream().filter(roi -> !RoiMark.isExplanation(roi)).toList();
                if (objects.isEmpty() && !all.isEmpty()) {
                    rejected.add(new RejectedItem(name, "has ROIs of a heat map only, which are no objects"));
                    return;
                }
                List<Drawn> drawn = new ArrayList<>();
                objects.forEach(roi -> drawn.add(drawn(drawn.size() + 1, roi)));
                images.add(new Image(name, file, drawn));
            } catch (LesionJException e) {
                rejected.add(new RejectedItem(name, e.getMessage()));
            }
        }

        private List<Roi> rois(String name, Path file) {
            String safe = FilePath.of(name);
            for (String path : List.of(safe, ImageFolder.stem(safe))) {
                Path archive = folder.resolve(ROIS).resolve(path + END);
                if (Files.exists(archive)) {
                    used.add(archive);
                    return RoiFiles.read(archive);
                }
            }
            return TiffOverlay.read(file);
        }

        private Drawn drawn(int number, Roi roi) {
            boolean named = roi.getName() != null && !roi.getName().isBlank();
            Rectangle2D.Double bounds = roi.getFloatBounds();
            Box box = Box.ofSize(bounds.x, bounds.y, bounds.width, bounds.height);
            String className = className(roi);
            String fault = fault(roi, className);
            return new Drawn("ROI " + number + (named ? " (" + roi.getName().strip() + ")" : ""), fault,
                new FoundBox(box, className, fault.isEmpty() ? area(roi, box) : Double.NaN, Role.COUNTED));
        }

        private String className(Roi roi) {
            String written = ANY.of(roi);
            // Classes that this set itself gave are its own words, also a group's: group-3 need not be the third of them.
            if (naming.given().stream().anyMatch(written::equalsIgnoreCase)) {
                return written;
            }
            String among = classes.of(roi);
            // A name that is none of those given is refused by them, and not passed over.
            return among.isEmpty() ? written : among;
        }

        private String fault(Roi roi, String className) {
            if (roi instanceof TextRoi || roi instanceof ImageRoi) {
                return "is a " + (roi instanceof TextRoi ? "text" : "picture") + " and marks no object";
            }
            if (!roi.isArea()) {
                return "is a " + (roi.getType() == Roi.POINT ? "point" : "line") + " and has no area";
            }
            if (className.contains(";")) {
                return "is of several classes, and a box has one";
            }
            boolean none = className.equalsIgnoreCase(LabelTable.NONE) && naming.given().stream().noneMatch(LabelTable.NONE::equalsIgnoreCase);
            return none ? "is of none of the classes" : "";
        }

        private static double area(Roi roi, Box box) {
            return roi.getType() == Roi.RECTANGLE || box.area() > LARGEST_MASK ? Double.NaN : roi.getStatistics().pixelCount;
        }

        LabelledSet collect(List<Path> archives) {
            archives.stream().filter(archive -> !used.contains(archive))
                .forEach(archive -> rejected.add(new RejectedItem(ImageFolder.name(folder, archive), "has no image of its name")));
            String otherwise = classOfUnnamed();
            List<BoxedImage> boxed = images.stream().map(image -> boxed(image, otherwise)).toList();
            Set<String> labels = new HashSet<>(BoxedImage.labels(boxed));
            return BoxedImage.set(folder.toString(), boxed, naming.resolve(labels, folder.toString()), rejected);
        }

        /** The class of ROIs that do not say it; empty = they cannot be used. */
        private String classOfUnnamed() {
            if (naming.given().size() == 1) {
                return naming.given().get(0);
            }
            boolean saysNone = images.stream().flatMap(image -> image.drawn.stream()).filter(drawn -> drawn.fault.isEmpty())
                .allMatch(drawn -> drawn.box.className().isEmpty());
            return naming.given().isEmpty() && saysNone ? LabelImageSetReader.OBJECT : "";
        }

        private BoxedImage boxed(Image image, String otherwise) {
            ImageBoxes boxes = ImageBoxes.of(image.name, image.file);
            for (Drawn drawn : image.drawn) {
                if (drawn.fault.isEmpty()) {
                    boxes.add(drawn.what, drawn.box.className().isEmpty() ? drawn.box.of(otherwise) : drawn.box);
                } else {
                    boxes.reject(drawn.what, drawn.fault);
                }
            }
            rejected.addAll(boxes.rejected());
            return new BoxedImage(image.name, image.file, SplitName.ofFolder(image.name), boxes.kept());
        }
    }
}
