package io.github.lesionj.pipeline;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.modelpackage.ModelCard;
import java.util.List;
import java.util.stream.Collectors;

/** A labelled set with its labels brought to the classes of a model that is to be judged on it. */
public final class JudgedSet {

    private JudgedSet() {
    }

    /**
     * Opens a set.
     *
     * @param classNames what the labels 0, 1 ... of the set are called, with commas; blank = as the model's classes in order
     * @param card       of the model
     * @return with the model's classes and kind of labels
     * @throws UsageException where a label is none of the model's classes, items have several labels and the model gives one, or one of
     *                        the two speaks of boxes and the other of whole images
     */
    public static LabelledSet open(DataReference reference, String classNames, ModelCard card) {
        checkKind(reference, card);
        ClassNaming naming = new ClassNaming(classNames.isBlank() ? card.classNames() : ClassNaming.parse(classNames).given(),
            card.labelKind() == LabelKind.MULTI_LABEL);
        LabelledSet set = LabelledSets.open(reference, naming);
        if (set.labelKind() == LabelKind.MULTI_LABEL && card.labelKind() != LabelKind.MULTI_LABEL) {
            throw new UsageException("In " + reference + " several labels may be true of one image, but the model " + card.name()
                + " gives exactly one of " + String.join(", ", card.classNames()) + "; choose data or a model that fits.");
        }
        List<Integer> classOf = set.classNames().stream().map(name -> index(name, card)).toList();
        List<LabelledItem> items = set.items().stream().map(item -> renamed(item, classOf)).toList();
        return new LabelledSet(set.name(), items, card.classNames(), card.labelKind(), set.rejected());
    }

    /** Several labels of an image may also be those of the objects on it. */
    private static void checkKind(DataReference reference, ModelCard card) {
        boolean boxes = LabelledSets.givesBoxes(reference.path());
        if (card.isDetector() && !boxes) {
            throw new UsageException("The data set " + reference + " has no boxes, and the model " + card.name() + " is a detector, which is judged"
                + " by boxes: give a Pascal VOC folder, a COCO .json, or images with ROIs or label images, or choose a classifier.");
        }
        if (!card.isDetector() && boxes && card.labelKind() != LabelKind.MULTI_LABEL) {
            throw new UsageException("The data set " + reference + " marks objects by boxes, and the model " + card.name() + " gives a whole image"
                + " exactly one of " + String.join(", ", card.classNames()) + ": choose a detector, or data with a label for each image.");
        }
    }

    private static LabelledItem renamed(LabelledItem item, List<Integer> classOf) {
        List<TrueBox> boxes = item.boxes().stream().map(box -> new TrueBox(box.box(), classOf.get(box.label()), box.area(), box.role())).toList();
        return new LabelledItem(item.name(), item.source(), item.labels().stream().map(classOf::get).collect(Collectors.toSet()),
            item.group(), item.site(), item.split(), boxes);
    }

    private static int index(String name, ModelCard card) {
        for (int c = 0; c < card.classNames().size(); c++) {
            if (card.classNames().get(c).equalsIgnoreCase(name.strip())) {
                return c;
            }
        }
        throw new UsageException("The model " + card.name() + " does not know the class " + name + " of class_names; it knows "
            + String.join(", ", card.classNames()) + ".");
    }
}
