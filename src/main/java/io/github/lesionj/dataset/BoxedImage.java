package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.TrueBox;
import java.nio.file.Path;
import java.util.List;

/**
 * An image of which all objects are marked.
 *
 * @param name  what the item is called
 * @param file  the image
 * @param split empty = none
 * @param boxes may be empty: then there is nothing on it
 */
record BoxedImage(String name, Path file, String split, List<FoundBox> boxes) {

    /**
     * Images become a set. Which classes are on an image is free, so it is one of several labels.
     *
     * @param name     of the set
     * @param rejected what cannot be used
     * @throws UsageException where there is no class, because nowhere is a box
     */
    static LabelledSet set(String name, List<BoxedImage> images, ClassNaming.Classes classes, List<RejectedItem> rejected) {
        if (classes.names().isEmpty()) {
            throw new UsageException("The data set " + name + " has no box that can be used" + rejected.stream().findFirst()
                .map(item -> ", for example " + item.name() + ": " + item.reason()).orElse("") + ", so nothing says what its classes are.");
        }
        List<LabelledItem> items = images.stream().map(image -> image.item(classes)).toList();
        return new LabelledSet(name, items, classes.names(), LabelKind.MULTI_LABEL, rejected);
    }

    /** The names of classes that occur. */
    static List<String> labels(List<BoxedImage> images) {
        return images.stream().flatMap(image -> image.boxes.stream()).map(FoundBox::className).distinct().toList();
    }

    private LabelledItem item(ClassNaming.Classes classes) {
        List<TrueBox> known = boxes.stream().map(found -> new TrueBox(found.box(), classes.index(found.className()),
            found.area() > 0 ? found.area() : found.box().area(), found.role())).toList();
        return LabelledItem.withBoxes(name, new ItemSource.File(file), known, split);
    }
}
