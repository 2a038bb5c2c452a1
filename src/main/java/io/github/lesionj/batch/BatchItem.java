package io.github.lesionj.batch;

import ij.gui.Roi;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.ItemKey;
import java.util.function.UnaryOperator;

/**
 * One thing that is classified: a plane of an input, or an object on it.
 *
 * @param key      of its row
 * @param position of the plane that is read
 * @param object   on that plane, or null where the item is the whole of it
 * @param part     what of the plane the network sees; throws with a sentence where there is nothing to see
 */
public record BatchItem(ItemKey key, Position position, Roi object, UnaryOperator<SourceImage> part) {
}
