package io.github.lesionj.batch;

import ij.gui.Roi;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabelTable;
import io.github.lesionj.dataset.ObjectClasses;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RoiMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects of a set with boxes, plane by plane: ROIs that are named after their classes. */
@FunctionalInterface
public interface BoxObjects {

    /** The class of objects of which nobody says more. */
    String OBJECT = "object";

    /**
     * The planes of an input that go into the set, each with its objects, perhaps none.
     *
     * @throws UsageException where an object has no class or no area: what is left out would be learned as background
     */
    Map<Position, List<Roi>> of(BatchInput input, ImageSource source);

    /**
     * ROIs with a class in their name or group; also those that a detector found.
     *
     * @param channel    from 1, or 0 where none was chosen
     * @param classNames in the order of the groups; empty = the names themselves
     */
    static BoxObjects rois(ObjectSource rois, int channel, List<String> classNames) {
        return (input, source) -> {
            List<Position> planes = source.positions(source.channels(), channel);
            Map<Position, List<Roi>> objects = new LinkedHashMap<>();
            List<Roi> all = rois.rois(input, source).stream().filter(roi -> !RoiMark.isExplanation(roi)).toList();
            for (Roi roi : all) {
                ObjectCrop.checkArea(roi);
                objects.computeIfAbsent(plane(roi, source, planes), plane -> new ArrayList<>()).add(roi);
            }
            // of a stack only the planes that somebody has marked: nobody says that the others are empty
            if (objects.isEmpty() && planes.size() == 1) {
                objects.put(planes.get(0), List.of());
            }
            List<String> classes = classes(all, classNames, input.path());
            Map<Roi, String> byRoi = new IdentityHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                byRoi.put(all.get(i), classes.get(i));
            }
            objects.replaceAll((plane, some) -> some.stream().map(roi -> named((Roi) roi.clone(), byRoi.get(roi), classNames)).toList());
            return objects;
        };
    }

    private static Position plane(Roi roi, ImageSource source, List<Position> planes) {
        Position wanted = ObjectInput.planeOf(roi, source);
        return planes.stream().filter(plane -> plane.z() == wanted.z() && plane.t() == wanted.t()).findFirst()
            .orElseThrow(() -> new UsageException("A ROI belongs to slice " + wanted.z() + ", frame " + wanted.t() + ", but the image has "
                + source.slices() + " slices and " + source.frames() + " frames."));
    }

    /** All of them say their class, or none does where one class is meant. */
    private static List<String> classes(List<Roi> rois, List<String> classNames, String path) {
        ObjectClasses rule = new ObjectClasses(classNames);
        List<String> classes = rois.stream().map(rule::of).toList();
        List<String> without = new ArrayList<>();
        for (int i = 0; i < rois.size(); i++) {
            boolean one = !classes.get(i).isEmpty() && !classes.get(i).contains(";") && !classes.get(i).equalsIgnoreCase(LabelTable.NONE);
            if (!one) {
                without.add(rois.get(i).getName() == null ? "ROI " + (i + 1) : rois.get(i).getName());
            }
        }
        if (without.size() == rois.size() && classNames.size() < 2 && classes.stream().allMatch(String::isEmpty)) {
            return rois.stream().map(roi -> classNames.isEmpty() ? OBJECT : classNames.get(0)).toList();
        }
        if (!without.isEmpty()) {
            throw new UsageException(without.size() + " of the " + rois.size() + " ROIs of " + path + " have no class or several, such as " + without.get(0)
                + ", and would be learned as background: name each after one class" + (classNames.isEmpty() ? "" : " (" + String.join(", ", classNames) + ")")
                + ", or delete it.");
        }
        return classes;
    }

    private static Roi named(Roi roi, String className, List<String> classNames) {
        roi.setName(className);
        roi.setGroup(classNames.indexOf(className) + 1);
        for (String property : List.of(RoiMark.CLASS, RoiMark.PROBABILITY)) {
            roi.setProperty(property, null);
        }
        RoiMark.clear(roi);
        roi.setPosition(0);
        return roi;
    }

    /**
     * Label images of the images' names, whose objects count by their bounds; see {@link LabelImageObjects} for their classes.
     *
     * @param folder of the label images
     */
    static BoxObjects labelImages(Path folder, ImageFiles files, int channel, List<String> classNames) {
        LabelImageObjects labels = new LabelImageObjects(folder, files, classNames);
        return (input, source) -> {
            List<Roi> objects = new ArrayList<>();
            for (LabelImageObjects.Labelled part : labels.of(input)) {
                String className = part.label().isEmpty() && classNames.isEmpty() ? OBJECT : part.label();
                if (className.isEmpty()) {
                    throw new UsageException("The object " + part.part().value() + " of " + labels.file(input) + " has no class in classes.csv, and would be"
                        + " learned as background: add it there.");
                }
                objects.add(named(new Roi(part.part().bounds()), className, classNames));
            }
            return Map.of(labels.plane(input, source, channel), objects);
        };
    }
}
