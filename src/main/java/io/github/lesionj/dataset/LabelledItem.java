package io.github.lesionj.dataset;

import io.github.lesionj.image.SourceImage;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/**
 * One labelled thing of a data set: an image, later also a volume or a bag.
 *
 * @param name   what tables and messages call it: its path under the data set, or {@code x.npz#train/123}
 * @param source where its pixels are
 * @param labels indices of the classes that are true; with one label per item it holds exactly one
 * @param group  that must not be torn apart by a split, mostly the patient; empty = none known
 * @param site   where it was acquired; empty = not known
 * @param split  the part of the data set it belongs to, such as {@code train}; empty = none
 */
public record LabelledItem(String name, ItemSource source, Set<Integer> labels, String group, String site, String split) {

    public LabelledItem {
        labels = Set.copyOf(labels);
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
