package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.geometry.TrueBox.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A COCO file: boxes from pixel 0, with any fraction; {@code iscrowd} makes a crowd, and areas are those of the file. Its images
 * are found by {@link CocoImages}; an image without an annotation has nothing on it. The classes are all that it names, by their
 * ids. Where its images lie in several folders that are named as splits, these are their splits.
 */
final class CocoSetReader implements LabelledSetReader {

    @Override
    public boolean knows(Path path) {
        return Files.isRegularFile(path) && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json") && CocoFile.isCoco(path);
    }

    @Override
    public boolean givesBoxes() {
        return true;
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        try {
            Collector collector = new Collector(path.toString(), CocoFile.read(path), new CocoImages(path, split));
            return collector.collect(split, naming);
        } catch (IOException e) {
            throw new UsageException("Cannot list the folder of " + path + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /** An image that exists. */
    private static final class Entry {

        private final String name;
        private final Path file;
        private final ImageBoxes boxes;
        private int count;

        Entry(ListedPath listed, CocoFile.Image image) {
            this.name = listed.name();
            this.file = listed.file();
            this.boxes = ImageBoxes.of(name, file, image.width(), image.height());
        }
    }

    private static final class Collector {

        private final String where;
        private final CocoFile coco;
        private final CocoImages places;
        private final Map<Path, Entry> entries = new LinkedHashMap<>();
        private final Map<String, String> fileOfId = new HashMap<>();
        private final Map<String, Entry> byId = new HashMap<>();
        private final Map<String, String> classes = new HashMap<>();
        /** Boxes of images that the file does not list, by their ids. */
        private final Map<String, Integer> orphans = new TreeMap<>();
        private final List<RejectedItem> rejected = new ArrayList<>();

        Collector(String where, CocoFile coco, CocoImages places) {
            this.where = where;
            this.coco = coco;
            this.places = places;
        }

        LabelledSet collect(String split, ClassNaming naming) {
            coco.categories().forEach(category -> classes.put(category.id(), category.name().strip()));
            coco.images().forEach(this::take);
            coco.annotations().forEach(this::take);
            orphans.forEach((id, count) -> rejected.add(new RejectedItem("image " + id, "has " + count + (count == 1 ? " box" : " boxes")
                + ", but is not in the list images")));
            entries.values().forEach(entry -> rejected.addAll(entry.boxes.rejected()));
            List<BoxedImage> images = images(split);
            return BoxedImage.set(where, images, classes(images, naming), rejected);
        }

        private void take(CocoFile.Image image) {
            String earlier = fileOfId.putIfAbsent(image.id(), image.file());
            if (earlier != null && !earlier.equals(image.file())) {
                throw new UsageException("The file " + where + " gives the id " + image.id() + " to " + earlier + " and to " + image.file()
                    + ", so nobody can tell whose boxes are whose: give each image an id of its own.");
            }
            ListedPath listed = places.find(image.file());
            if (image.file().isBlank() || !listed.exists()) {
                rejected.add(image.file().isBlank() ? new RejectedItem("image " + image.id(), "has no file_name")
                    : new RejectedItem(listed.name(), "no such file"));
                return;
            }
            if (entries.containsKey(listed.file())) {
                rejected.add(new RejectedItem(listed.name(), "is listed twice; its boxes are taken together"));
            }
            byId.put(image.id(), entries.computeIfAbsent(listed.file(), file -> new Entry(listed, image)));
        }

        private void take(CocoFile.Annotation annotation) {
            Entry entry = byId.get(annotation.image());
            if (entry == null) {
                if (!fileOfId.containsKey(annotation.image())) {
                    orphans.merge(annotation.image(), 1, Integer::sum);
                }
                return;
            }
            String what = "box " + ++entry.count;
            String className = classes.getOrDefault(annotation.category(), "");
            if (className.isEmpty()) {
                entry.boxes.reject(what, "has the category " + annotation.category() + ", which the list categories does not name");
            } else {
                entry.boxes.add(what, new FoundBox(annotation.box(), className, annotation.area(), annotation.crowd() ? Role.CROWD : Role.COUNTED));
            }
        }

        private List<BoxedImage> images(String wanted) {
            List<String> splits = entries.values().stream().map(entry -> places.split(entry.file)).toList();
            // All in one folder is where they are, and no division.
            boolean divided = !wanted.isEmpty() || splits.stream().distinct().count() > 1;
            List<BoxedImage> images = new ArrayList<>();
            for (Entry entry : entries.values()) {
                images.add(new BoxedImage(entry.name, entry.file, divided ? splits.get(images.size()) : "", entry.boxes.kept()));
            }
            return images;
        }

        private ClassNaming.Classes classes(List<BoxedImage> images, ClassNaming naming) {
            if (!naming.given().isEmpty()) {
                return naming.resolve(BoxedImage.labels(images), where);
            }
            Map<String, String> names = new LinkedHashMap<>();
            coco.categories().stream().map(CocoFile.Category::id).sorted(Collector::compareIds).map(classes::get)
                .filter(name -> !name.isEmpty()).forEach(name -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
            return new ClassNaming(List.copyOf(names.values())).resolve(names.values(), where);
        }

        private static int compareIds(String one, String other) {
            int byNumber = Double.compare(Decimal.of(one), Decimal.of(other));
            return byNumber != 0 ? byNumber : one.compareTo(other);
        }
    }
}
