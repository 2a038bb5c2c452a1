package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Random changes of training images with boxes, which move with the pixels. Immutable, thread-safe.
 *
 * @param changes of {@link Augmentation}: zoom, translation, flips, brightness, contrast, noise, erasing; no rotation, under which the
 *                bounds of an object are not those of its turned box
 * @param color   largest shift of each channel by itself, as a part of the whole range of an image
 * @param mosaic  probability that a training image is put together from four (Bochkovskiy et al. 2020, arXiv:2004.10934), each at another
 *                zoom: more objects, also cut ones, in other surroundings
 */
public record BoxAugmentation(Augmentation changes, double color, double mosaic) {

    /** No change at all. */
    public static final BoxAugmentation NONE = new BoxAugmentation(Augmentation.NONE, 0, 0);
    /** Small changes that any medical image bears; no flips, for the heart is on the left. */
    public static final BoxAugmentation LIGHT =
        new BoxAugmentation(new Augmentation(0, 0.1, 0.25, 0.1, 0.1, 0.01, false, false, 0), 0, 0);
    /** Larger ones, for little data. */
    public static final BoxAugmentation STRONG =
        new BoxAugmentation(new Augmentation(0, 0.1, 0.4, 0.1, 0.2, 0.01, false, false, 0), 0.05, 0.5);

    private static final String COLOR = "color:";
    private static final String MOSAIC = "mosaic:";

    public BoxAugmentation {
        if (changes.rotation() != 0) {
            throw new UsageException("augment: rotation is not for boxes, whose turned corners say nothing of the object's bounds. Leave it out.");
        }
        check("color", color);
        check("mosaic", mosaic);
    }

    private static void check(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new UsageException("augment: " + name + " is " + value + ", but must lie between 0 and 1.");
        }
    }

    /**
     * Reads the key {@code augment}: none, light, strong, or a list such as {@code zoom:0.3,flip_x,mosaic:0.5}, which may begin with
     * one of the three.
     */
    public static BoxAugmentation parse(String text) {
        List<String> rest = new ArrayList<>();
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s*[,;]\\s*");
        BoxAugmentation start = preset(words[0]);
        double color = start == null ? 0 : start.color;
        double mosaic = start == null ? 0 : start.mosaic;
        rest.add((start == null ? NONE : start).changes.key());
        for (int i = start == null ? 0 : 1; i < words.length; i++) {
            if (words[i].startsWith(COLOR)) {
                color = number(words[i], COLOR, text);
            } else if (words[i].startsWith(MOSAIC)) {
                mosaic = number(words[i], MOSAIC, text);
            } else {
                rest.add(words[i]);
            }
        }
        return new BoxAugmentation(Augmentation.parse(String.join(",", rest)), color, mosaic);
    }

    private static BoxAugmentation preset(String word) {
        return switch (word) {
            case "none" -> NONE;
            case "light" -> LIGHT;
            case "strong" -> STRONG;
            default -> null;
        };
    }

    private static double number(String word, String name, String text) {
        try {
            return Double.parseDouble(word.substring(name.length()).strip());
        } catch (NumberFormatException e) {
            throw new UsageException("augment=" + text + " cannot be read: \"" + word + "\" has no number with a dot.", e);
        }
    }

    /** The text that {@link #parse} makes the same augmentation of. */
    public String key() {
        String text = changes.key();
        text += color > 0 ? "," + COLOR + color : "";
        return text + (mosaic > 0 ? "," + MOSAIC + mosaic : "");
    }
}
