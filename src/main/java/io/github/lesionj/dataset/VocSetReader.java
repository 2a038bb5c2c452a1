package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A Pascal VOC folder (Everingham et al. 2010, 10.1007/s11263-009-0275-4): {@code Annotations/*.xml}, images in
 * {@code JPEGImages}, {@code images}, the folder itself or {@code Annotations} (the first that holds any), and perhaps
 * {@link VocSplits}. The image of an XML file is the one of its own name, else its {@code filename}.
 *
 * <p>Corners are pixels from 1, the far ones inside, as VOC has them: 1..3 is [0, 3). A coordinate 0 anywhere in the set proves
 * that its tool counted from 0 and drew to the far edge: then 0..3 is [0, 3) in all its files. Equal corners are no object of one
 * pixel but a click, and are listed. What is {@code difficult} is ignored. An image without an XML file is not annotated, and is
 * listed; one whose XML file has no object is kept.
 */
final class VocSetReader implements LabelledSetReader {

    private static final String XML = ".xml";
    private static final List<String> IMAGE_FOLDERS = List.of("jpegimages", "images");

    @Override
    public boolean knows(Path path) {
        try {
            return Files.isDirectory(path) && annotations(path).isPresent();
        } catch (IOException e) {
            // told by the reader that lists the folder
            return false;
        }
    }

    private static Optional<Path> annotations(Path path) throws IOException {
        for (Path folder : ImageFolder.subfolders(path)) {
            if (folder.getFileName().toString().equalsIgnoreCase("annotations") && !xmlFiles(folder).isEmpty()) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static List<Path> xmlFiles(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile).filter(VocSetReader::isXml)
                .sorted(Comparator.comparing(child -> child.getFileName().toString())).toList();
        }
    }

    private static boolean isXml(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(XML);
    }

    @Override
    public boolean givesBoxes() {
        return true;
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        try {
            Path annotations = annotations(path).orElseThrow();
            Collector collector = new Collector(path, images(path, annotations));
            for (Path xml : xmlFiles(annotations)) {
                collector.take(xml);
            }
            return collector.collect(naming);
        } catch (IOException e) {
            throw new UsageException("Cannot list the folder " + path + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static List<Path> images(Path path, Path annotations) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String name : IMAGE_FOLDERS) {
            ImageFolder.subfolders(path).stream().filter(folder -> folder.getFileName().toString().equalsIgnoreCase(name)).forEach(folders::add);
        }
        folders.add(path);
        folders.add(annotations);
        for (Path folder : folders) {
            List<Path> images = ImageFolder.directFiles(folder);
            if (!images.isEmpty()) {
                return images;
            }
        }
        throw new UsageException("The folder " + path + " has annotations but no images: put them into " + path.resolve("JPEGImages") + ".");
    }

    private static String fileName(Path file) {
        return file.getFileName().toString();
    }

    /** An image with what its file says. */
    private record Annotated(Path image, String stem, VocAnnotation annotation) {
    }

    private static final class Collector {

        private final Path root;
        private final Map<String, Path> byName = new LinkedHashMap<>();
        private final Map<String, Path> byStem = new HashMap<>();
        private final Map<Path, Path> taken = new HashMap<>();
        private final Set<String> stems = new HashSet<>();
        private final Map<String, String> stemOf = new HashMap<>();
        private final Set<String> damaged = new HashSet<>();
        private final List<Annotated> annotated = new ArrayList<>();
        private final List<RejectedItem> rejected = new ArrayList<>();

        Collector(Path root, List<Path> images) {
            this.root = root;
            for (Path image : images) {
                byName.put(fileName(image), image);
                byStem.putIfAbsent(ImageFolder.stem(fileName(image)), image);
            }
        }

        void take(Path xml) {
            String stem = ImageFolder.stem(fileName(xml));
            stems.add(stem);
            try {
                add(xml, stem, VocAnnotation.read(xml));
            } catch (IOException e) {
                rejected.add(new RejectedItem(fileName(xml), "cannot be read: " + WholeFile.reason(e)));
                damaged.add(stem);
            }
        }

        private void add(Path xml, String stem, VocAnnotation annotation) {
            Path image = image(stem, annotation.image());
            if (image == null) {
                rejected.add(new RejectedItem(fileName(xml), "there is no image of its name" + (annotation.image().isEmpty() ? ""
                    : " nor " + annotation.image())));
                return;
            }
            Path earlier = taken.putIfAbsent(image, xml);
            if (earlier == null) {
                annotated.add(new Annotated(image, stem, annotation));
                stemOf.put(fileName(image), stem);
            } else {
                rejected.add(new RejectedItem(fileName(xml), "its image " + fileName(image) + " has the annotation " + fileName(earlier)
                    + " already"));
            }
        }

        /** Named images lie elsewhere on the machine where they were annotated, so only the last part of the path counts. */
        private Path image(String stem, String named) {
            String name = named.substring(Math.max(named.lastIndexOf('/'), named.lastIndexOf('\\')) + 1);
            if (byName.containsKey(name) && ImageFolder.stem(name).equals(stem)) {
                return byName.get(name);
            }
            return byStem.getOrDefault(stem, byName.get(name));
        }

        LabelledSet collect(ClassNaming naming) {
            byName.values().stream().filter(image -> !taken.containsKey(image)).map(VocSetReader::fileName)
                .forEach(image -> rejected.add(new RejectedItem(image, damaged.contains(ImageFolder.stem(image))
                    ? "its annotation cannot be read" : "has no annotation")));
            VocSplits splits = VocSplits.read(root.resolve("ImageSets/Main"), name -> stemOf.getOrDefault(name, name));
            double first = annotated.stream().anyMatch(each -> countsFromZero(each.annotation)) ? 0 : 1;
            List<BoxedImage> images = new ArrayList<>();
            for (Annotated each : annotated) {
                String name = fileName(each.image);
                images.add(new BoxedImage(name, each.image, splits.of(each.stem), boxes(each, first)));
            }
            rejected.addAll(splits.unknown(stems));
            return BoxedImage.set(root.toString(), images, naming.resolve(BoxedImage.labels(images), root.toString()), rejected);
        }

        // A box of no size proves nothing: tools write 0 0 0 0 for what was not drawn.
        private static boolean countsFromZero(VocAnnotation annotation) {
            return annotation.objects().stream().map(FoundBox::box).filter(box -> !box.isEmpty())
                .flatMapToDouble(box -> DoubleStream.of(box.x0(), box.y0())).anyMatch(corner -> corner == 0);
        }

        private List<FoundBox> boxes(Annotated each, double first) {
            VocAnnotation annotation = each.annotation;
            ImageBoxes boxes = ImageBoxes.of(fileName(each.image), each.image, annotation.width(), annotation.height());
            int number = 1;
            for (FoundBox object : annotation.objects()) {
                boxes.add("box " + number++, new FoundBox(halfOpen(object.box(), first), object.className(), object.area(), object.role()));
            }
            rejected.addAll(boxes.rejected());
            return boxes.kept();
        }

        private static Box halfOpen(Box corners, double first) {
            return corners.isEmpty() ? corners : new Box(corners.x0() - first, corners.y0() - first, corners.x1(), corners.y1());
        }
    }
}
