package io.github.lesionj.batch;

import io.github.lesionj.dataset.ObjectClasses;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.image.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the objects of a training set come from: ROIs, or label images. */
@FunctionalInterface
public interface TrainingObjects {

    /**
     * An object and its class.
     *
     * @param item  what of its image is seen
     * @param label class, or empty where it has none
     */
    record Labelled(BatchItem item, String label) {
    }

    /** The objects of an input that is open. */
    List<Labelled> of(BatchInput input, ImageSource source);

    /** ROIs with a class in their name or group. */
    static TrainingObjects rois(ObjectSource rois, ObjectCrop crop, int channel, List<String> classNames) {
        ObjectClasses classes = new ObjectClasses(classNames);
        return (input, source) -> new ObjectInput(input, rois, crop).items(source, source.channels(), channel).stream()
            .map(item -> new Labelled(item, classes.of(item.object()))).toList();
    }

    /**
     * Objects of label images, see {@link LabelImageObjects}.
     *
     * @param folder of the label images
     */
    static TrainingObjects labelImages(Path folder, ImageFiles files, ObjectCrop crop, int channel, List<String> classNames) {
        LabelImageObjects labels = new LabelImageObjects(folder, files, classNames);
        return (input, source) -> {
            Position plane = labels.plane(input, source, channel);
            List<Labelled> objects = new ArrayList<>();
            for (LabelImageObjects.Labelled each : labels.of(input)) {
                objects.add(new Labelled(new BatchItem(input.key().region(Integer.toString(objects.size() + 1)), plane, null, image -> {
                    each.labels().checkSize(image.width(), image.height(), labels.file(input).toString());
                    return crop.cut(image, each.part().bounds());
                }), each.label()));
            }
            return objects;
        };
    }
}
