package io.github.lesionj.dataset;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox.Role;
import io.github.lesionj.image.ImageFacts;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.LabelImage;
import java.awt.Rectangle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Images, in {@code images} or in the folder itself, with label images in {@code labels}: of the same name, with any ending.
 * Each value above 0 is an object, its box the bounds of its pixels, its area their number. Its class is what
 * {@link ObjectTable} says; without that table there is one class, the one of {@code class_names} or {@value #OBJECT}. Several
 * {@code class_names} make the values the classes (1 = the first) and connected parts the objects, as when a training set is prepared.
 *
 * <p>Folders of images that are named as splits are their splits. A label image of zeros says that nothing is on its image; an
 * image without a label image is not annotated, and is listed.
 */
final class LabelImageSetReader implements LabelledSetReader {

    /** The class of objects of which nobody says more. */
    static final String OBJECT = "object";
    private static final String LABELS = "labels";
    private static final String IMAGES = "images";

    @Override
    public boolean knows(Path path) {
        return Files.isDirectory(path.resolve(LABELS)) && new Pairs(path).any();
    }

    @Override
    public boolean givesBoxes() {
        return true;
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        Pairs pairs = new Pairs(path);
        Objects objects = Objects.of(path.resolve(LABELS), naming.given());
        List<BoxReading> readings = pairs.images.parallelStream().map(image -> read(image, pairs, objects)).toList();
        List<BoxedImage> images = readings.stream().flatMap(reading -> reading.images().stream()).toList();
        List<RejectedItem> rejected = new ArrayList<>(pairs.unusable());
        readings.forEach(reading -> rejected.addAll(reading.rejected()));
        Set<String> classes = new HashSet<>(BoxedImage.labels(images));
        if (objects.isOneClass()) {
            classes.add(objects.single());
        }
        return BoxedImage.set(path.toString(), images, naming.resolve(classes, path.toString()), rejected);
    }

    private static BoxReading read(Path image, Pairs pairs, Objects objects) {
        String name = ImageFolder.name(pairs.root, image);
        Path file = pairs.labelImage(name);
        if (file == null) {
            return BoxReading.rejected(name, "has no label image in " + LABELS);
        }
        try {
            LabelImage labels = LabelImage.read(losslessly(file), new ImageFiles());
            Optional<ImageFacts> facts = ImageFacts.ofHeader(image);
            facts.ifPresent(found -> labels.checkSize(found.width(), found.height(), file.toString()));
            ImageBoxes boxes = new ImageBoxes(name, labels.width(), labels.height());
            objects.of(labels).forEach(part -> boxes.add("object " + part.value(), found(part, objects.className(file, part.value()))));
            return BoxReading.of(new BoxedImage(name, image, SplitName.ofFolder(name), boxes.kept()), boxes.rejected());
        } catch (LesionJException e) {
            return BoxReading.rejected(name, e.getMessage());
        }
    }

    private static Path losslessly(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g")) {
            throw new UsageException("The label image " + file + " is a JPEG, which changes values: save it as PNG or TIFF from its source.");
        }
        return file;
    }

    private static FoundBox found(LabelImage.Labelled part, String className) {
        Rectangle bounds = part.bounds();
        return new FoundBox(Box.ofSize(bounds.x, bounds.y, bounds.width, bounds.height), className, part.pixels(), Role.COUNTED);
    }

    /**
     * What the values of label images mean.
     *
     * @param table      of the classes, or null
     * @param classNames that were given
     */
    private record Objects(ObjectTable table, List<String> classNames) {

        static Objects of(Path labels, List<String> classNames) {
            return new Objects(Files.exists(labels.resolve(ObjectTable.NAME)) ? ObjectTable.read(labels) : null, classNames);
        }

        boolean isOneClass() {
            return table == null && classNames.size() < 2;
        }

        String single() {
            return classNames.isEmpty() ? OBJECT : classNames.get(0);
        }

        List<LabelImage.Labelled> of(LabelImage labels) {
            return table == null && !isOneClass() ? labels.connected() : labels.byValue();
        }

        String className(Path file, int value) {
            if (table != null) {
                return table.of(file, value);
            }
            if (isOneClass()) {
                return single();
            }
            if (value > classNames.size()) {
                throw new UsageException("The label image " + file + " has the value " + value + ", but class_names names " + classNames.size()
                    + " classes: name them all, or, where each value is one object, give their classes in " + ObjectTable.NAME
                    + " (path,object,label) beside it, or one name.");
            }
            return classNames.get(value - 1);
        }
    }

    /** Which image belongs to which label image. */
    private static final class Pairs {

        /** Of the images. */
        private final Path root;
        private final List<Path> images;
        private final List<RejectedItem> unreadable = new ArrayList<>();
        /** Label images by their path under their folder, with its ending and without. */
        private final Map<String, Path> labels = new TreeMap<>();
        private final Map<String, Path> byStem = new TreeMap<>();

        Pairs(Path folder) {
            Path labelFolder = folder.resolve(LABELS);
            root = Files.isDirectory(folder.resolve(IMAGES)) ? folder.resolve(IMAGES) : folder;
            ImageFolder listed = ImageFolder.list(root);
            images = listed.files().stream().filter(file -> !file.startsWith(labelFolder)).toList();
            unreadable.addAll(listed.unreadable());
            for (Path file : ImageFolder.list(labelFolder).files()) {
                String name = ImageFolder.name(labelFolder, file);
                labels.put(name, file);
                byStem.putIfAbsent(ImageFolder.stem(name), file);
            }
        }

        boolean any() {
            return images.stream().anyMatch(image -> labelImage(ImageFolder.name(root, image)) != null);
        }

        Path labelImage(String name) {
            return labels.getOrDefault(name, byStem.get(ImageFolder.stem(name)));
        }

        /** Folders that cannot be listed, and label images without an image. */
        List<RejectedItem> unusable() {
            List<RejectedItem> rejected = new ArrayList<>(unreadable);
            Set<Path> used = new HashSet<>();
            images.forEach(image -> used.add(labelImage(ImageFolder.name(root, image))));
            labels.forEach((name, file) -> {
                if (!used.contains(file)) {
                    rejected.add(new RejectedItem(LABELS + "/" + name, "has no image of its name"));
                }
            });
            return rejected;
        }
    }
}
