package io.github.lesionj.dataset;

import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.image.SourceImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One labelled thing of a data set: an image, later also a volume or a bag.
 *
 * @param name   what tables and messages call it: its path under the data set, or {@code x.npz#train/123}
 * @param source where its pixels are
 * @param labels indices of the classes that are true; with one label per item it holds exactly one
 * @param group  that must not be torn apart by a split, mostly the patient; empty = none known
 * @param site   where it was acquired; empty = not known
 * @param split  the part of the data set it belongs to, such as {@code train}; empty = none
 * @param boxes  objects on it, in px of the image at its full size; empty where there is none, or the set has no boxes
 */
public record LabelledItem(String name, ItemSource source, Set<Integer> labels, String group, String site, String split,
        List<TrueBox> boxes) {

    public LabelledItem {
        labels = Set.copyOf(labels);
        boxes = List.copyOf(boxes);
    }

    /** Without boxes. */
    public LabelledItem(String name, ItemSource source, Set<Integer> labels, String group, String site, String split) {
        this(name, source, labels, group, site, split, List.of());
    }

    /** With boxes: true are the classes of those that count, none where nothing is to be found on it. */
    static LabelledItem withBoxes(String name, ItemSource source, List<TrueBox> boxes, String split) {
        Set<Integer> labels = boxes.stream().filter(box -> box.role() == TrueBox.Role.COUNTED).map(TrueBox::label).collect(Collectors.toSet());
        return new LabelledItem(name, source, labels, "", "", split, boxes);
    }

    /**
     * The item's image.
     *
     * @param files opens an image file; asked only for items that are files
     */
    public SourceImage open(Function<Path, SourceImage> files) {
        return source.open(files);
    }

    /** One value per class, 1 where the class is true, else 0. */
    public float[] target(int classes) {
        float[] target = new float[classes];
        for (int label : labels) {
            target[label] = 1;
        }
        return target;
    }
}
