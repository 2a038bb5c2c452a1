package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens labelled collections of every form. */
public final class LabelledSets {

    // A file by its extension before a folder by what it holds.
    private static final List<LabelledSetReader> READERS =
        List.of(new CsvSetReader(), new NpzSetReader(), new CocoSetReader(), new VocSetReader(), new LabelImageSetReader(),
            new RoiSetReader(), new ClassFolderReader());

    private LabelledSets() {
    }

    /** Whether a path is a labelled file ({@code .csv}, {@code .npz}, a COCO {@code .json}) and not an image or a folder of images. */
    public static boolean isLabelledFile(Path path) {
        return Files.isRegularFile(path) && READERS.stream().anyMatch(reader -> reader.knows(path));
    }

    /** Whether what lies at a path marks objects on images by boxes. */
    public static boolean givesBoxes(Path path) {
        return READERS.stream().filter(reader -> reader.knows(path)).findFirst().filter(LabelledSetReader::givesBoxes).isPresent();
    }

    /**
     * Opens a collection.
     *
     * @param naming how labels become classes
     * @throws UsageException what is wrong with it as a whole, in one sentence
     */
    public static LabelledSet open(DataReference reference, ClassNaming naming) {
        Path path = reference.path();
        LabelledSetReader reader = READERS.stream().filter(candidate -> candidate.knows(path)).findFirst()
            .orElseThrow(() -> new UsageException("Cannot read " + path + " as labelled data: give a folder with a folder per "
                + "class, a CSV file with the header path,label, a MedMNIST .npz, or images with boxes: a Pascal VOC folder, a COCO .json, or a"
                + " folder with ROIs in rois or label images in labels."));
        LabelledSet set = reader.read(path, reference.split(), naming);
        return reference.split().isEmpty() ? set : set.split(reference.split());
    }
}
