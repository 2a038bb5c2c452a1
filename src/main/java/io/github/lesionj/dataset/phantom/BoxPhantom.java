package io.github.lesionj.dataset.phantom;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import java.util.List;

/**
 * A drawn radiograph with several small lesions, or none.
 *
 * @param pixels  8 bit, rows from the top
 * @param width   in px
 * @param height  in px
 * @param lesions on it
 * @param seed    that it was drawn from
 */
public record BoxPhantom(byte[] pixels, int width, int height, List<Lesion> lesions, long seed) {

    public BoxPhantom {
        lesions = List.copyOf(lesions);
    }

    /** The lesions' boxes, in which they fade to nothing; of the one class 0. */
    public List<TrueBox> boxes() {
        return lesions.stream().map(lesion -> TrueBox.of(new Box(lesion.x() - lesion.radius(), lesion.y() - lesion.radius(), lesion.x() + lesion.radius(),
            lesion.y() + lesion.radius()), 0)).toList();
    }
}
