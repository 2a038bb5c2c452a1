package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The boxes of one image while they are read. One that cannot be used is listed under the image's name, and the image keeps the
 * others. What reaches beyond the image is cut off. Not thread-safe.
 */
final class ImageBoxes {

    private final String image;
    private final double width;
    private final double height;
    private final List<FoundBox> kept = new ArrayList<>();
    /** What each kept box is called, by {@link FoundBox#key}. */
    private final Map<Object, String> names = new HashMap<>();
    private final List<RejectedItem> rejected = new ArrayList<>();

    /**
     * None yet.
     *
     * @param image  name of the image
     * @param width  in px; not above 0 where it is not known
     * @param height the same
     */
    ImageBoxes(String image, double width, double height) {
        boolean known = width > 0 && height > 0;
        this.image = image;
        this.width = known ? width : Double.POSITIVE_INFINITY;
        this.height = known ? height : Double.POSITIVE_INFINITY;
    }

    /**
     * Adds a box, or lists why it cannot be used.
     *
     * @param what as messages call it, such as {@code box 3}
     */
    void add(String what, FoundBox found) {
        String fault = fault(found);
        if (!fault.isEmpty()) {
            reject(what, fault);
            return;
        }
        String earlier = names.putIfAbsent(found.key(), what);
        if (earlier == null) {
            kept.add(found.within(width, height));
        } else {
            reject(what, "is the same as " + earlier);
        }
    }

    private String fault(FoundBox found) {
        Box box = found.box();
        if (!box.isFinite()) {
            return "has a coordinate that is no number";
        }
        if (box.x1() < box.x0() || box.y1() < box.y0()) {
            return "ends before it begins";
        }
        if (box.isEmpty()) {
            return "has no area";
        }
        if (box.within(width, height).isEmpty()) {
            return "lies outside of the image" + (width < Double.POSITIVE_INFINITY ? " (" + (long) width + " x " + (long) height + " px)" : "");
        }
        return found.className().isBlank() ? "has no class" : "";
    }

    /** Lists why a box cannot be used. */
    void reject(String what, String reason) {
        rejected.add(new RejectedItem(image, what + " " + reason));
    }

    /** What can be used, in the order in which it came. */
    List<FoundBox> kept() {
        return List.copyOf(kept);
    }

    List<RejectedItem> rejected() {
        return rejected;
    }
}
