package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.image.ImageFacts;
import java.nio.file.Path;
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
     * @param width  in px; infinite where it is not known
     * @param height the same
     */
    ImageBoxes(String image, double width, double height) {
        this.image = image;
        this.width = width;
        this.height = height;
    }

    /** None yet, for an image of which nothing says the size but its file. */
    static ImageBoxes of(String image, Path file) {
        return of(image, file, Double.NaN, Double.NaN);
    }

    /**
     * None yet.
     *
     * @param image  name of the image
     * @param file   tells its size where the data set does not
     * @param width  in px, as the data set says it; not above 0 = it does not
     * @param height the same
     */
    static ImageBoxes of(String image, Path file, double width, double height) {
        if (width > 0 && height > 0) {
            return new ImageBoxes(image, width, height);
        }
        return ImageFacts.ofHeader(file).map(facts -> new ImageBoxes(image, facts.width(), facts.height()))
            .orElse(new ImageBoxes(image, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
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
