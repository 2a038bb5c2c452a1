package io.github.lesionj.batch;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ObjectClasses;
import io.github.lesionj.dataset.ObjectTable;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.LabelImage;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.image.Position;
import io.github.lesionj.results.ItemKey;
import java.nio.file.Files;
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
     * Label images of the images' names (or with the same name and another ending). With a file {@code classes.csv} beside
     * them ({@code path,object,label}: the label image under the folder, the value, the class) each value is an object of its
     * own class. Without it, class names make the values the classes (1 = the first) and connected parts the objects; without
     * those too, each value is an object that has no class yet.
     *
     * @param folder of the label images
     */
    static TrainingObjects labelImages(Path folder, ImageFiles files, ObjectCrop crop, int channel, List<String> classNames) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("There is no folder " + folder + "; check labels=.");
        }
        ObjectTable classes = Files.exists(folder.resolve(ObjectTable.NAME)) ? ObjectTable.read(folder) : null;
        return (input, source) -> {
            Position plane = single(input, source, channel);
            Path file = labelImage(folder, input.path());
            LabelImage labels = LabelImage.read(file, files);
            List<LabelImage.Labelled> parts = classes != null || classNames.isEmpty() ? labels.byValue() : labels.connected();
            List<Labelled> objects = new ArrayList<>();
            for (LabelImage.Labelled part : parts) {
                String label = classes != null ? classes.of(file, part.value()) : named(part.value(), classNames, file);
                objects.add(new Labelled(new BatchItem(input.key().region(Integer.toString(objects.size() + 1)), plane, null, image -> {
                    labels.checkSize(image.width(), image.height(), file.toString());
                    return crop.cut(image, part.bounds());
                }), label));
            }
            return objects;
        };
    }

    private static String named(int value, List<String> classNames, Path file) {
        if (value > classNames.size() && !classNames.isEmpty()) {
            throw new UsageException("The label image " + file + " has the value " + value + ", but class_names names "
                + classNames.size() + " classes: name them all, or, where each value is one object, give their classes in a classes.csv"
                + " (path,object,label) beside it, or leave class_names out.");
        }
        return classNames.isEmpty() ? "" : classNames.get(value - 1);
    }

    private static Position single(BatchInput input, ImageSource source, int channel) {
        List<Position> positions = source.positions(source.channels(), channel);
        if (positions.size() != 1) {
            throw new UsageException(input.path() + " is a stack of " + positions.size()
                + " images, and a label image speaks of one: save its slices as files of their own.");
        }
        return positions.get(0);
    }

    private static Path labelImage(Path folder, String path) {
        String name = ItemKey.of(path).filePath();
        Path same = folder.resolve(name);
        if (Files.isRegularFile(same)) {
            return same;
        }
        int dot = name.lastIndexOf('.');
        String stem = dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
        for (String ending : List.of(".png", ".tif", ".tiff")) {
            if (Files.isRegularFile(folder.resolve(stem + ending))) {
                return folder.resolve(stem + ending);
            }
        }
        throw new UsageException("There is no label image " + same + " (nor with the ending .png, .tif or .tiff).");
    }
}
