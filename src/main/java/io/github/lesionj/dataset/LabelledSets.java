package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.nio.file.Path;
import java.util.List;

/** Opens labelled collections of every form. */
public final class LabelledSets {

    // A file by its extension before a folder by what it holds.
    private static final List<LabelledSetReader> READERS =
        List.of(new CsvSetReader(), new NpzSetReader(), new ClassFolderReader());

    private LabelledSets() {
    }

    /** Whether a path is a labelled file ({@code .csv}, {@code .npz}) and not an image or a folder of images. */
    public static boolean isLabelledFile(Path path) {
        return READERS.stream().anyMatch(reader -> !(reader instanceof ClassFolderReader) && reader.knows(path));
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
                + "class, a CSV file with the header path,label, or a MedMNIST .npz."));
        LabelledSet set = reader.read(path, reference.split(), naming);
        return reference.split().isEmpty() ? set : set.split(reference.split());
    }
}
