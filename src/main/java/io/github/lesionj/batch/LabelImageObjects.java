package io.github.lesionj.batch;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ObjectTable;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.LabelImage;
import io.github.lesionj.image.Position;
import io.github.lesionj.results.ItemKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Objects of label images that have the images' names (or the same name and another ending). With a file {@code classes.csv} beside
 * them ({@code path,object,label}: the label image under the folder, the value, the class) each value is an object of its own class.
 * Without it, class names make the values the classes (1 = the first) and connected parts the objects; without those too, each value is an
 * object that has no class.
 */
final class LabelImageObjects {

    private final Path folder;
    private final ImageFiles files;
    private final List<String> classNames;
    private final ObjectTable classes;

    LabelImageObjects(Path folder, ImageFiles files, List<String> classNames) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("There is no folder " + folder + "; check labels=.");
        }
        this.folder = folder;
        this.files = files;
        this.classNames = classNames;
        this.classes = Files.exists(folder.resolve(ObjectTable.NAME)) ? ObjectTable.read(folder) : null;
    }

    /**
     * An object.
     *
     * @param labels image that it is in
     * @param label  its class; empty = none is known
     */
    record Labelled(LabelImage labels, LabelImage.Labelled part, String label) {
    }

    List<Labelled> of(BatchInput input) {
        Path file = file(input);
        LabelImage labels = LabelImage.read(file, files);
        List<LabelImage.Labelled> parts = classes != null || classNames.isEmpty() ? labels.byValue() : labels.connected();
        return parts.stream().map(part -> new Labelled(labels, part, classes != null ? classes.of(file, part.value()) : named(part.value(), file))).toList();
    }

    private String named(int value, Path file) {
        if (value > classNames.size() && !classNames.isEmpty()) {
            throw new UsageException("The label image " + file + " has the value " + value + ", but class_names names "
                + classNames.size() + " classes: name them all, or, where each value is one object, give their classes in a classes.csv"
                + " (path,object,label) beside it, or leave class_names out.");
        }
        return classNames.isEmpty() ? "" : classNames.get(value - 1);
    }

    /** The plane of which a label image speaks. */
    Position plane(BatchInput input, ImageSource source, int channel) {
        List<Position> positions = source.positions(source.channels(), channel);
        if (positions.size() != 1) {
            throw new UsageException(input.path() + " is a stack of " + positions.size()
                + " images, and a label image speaks of one: save its slices as files of their own.");
        }
        return positions.get(0);
    }

    /** The label image of an input. */
    Path file(BatchInput input) {
        String name = ItemKey.of(input.path()).filePath();
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
