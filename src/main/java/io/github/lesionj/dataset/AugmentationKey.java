package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The value of the key {@code augment}: {@code none}, {@code light}, {@code strong}, or a list such as
 * {@code rotation:10,translation:0.1,flip_x}. A list may begin with one of the three and change it:
 * {@code light,flip_x,noise:0}.
 */
final class AugmentationKey {

    private static final Map<String, Augmentation> PRESETS =
        Map.of("none", Augmentation.NONE, "light", Augmentation.LIGHT, "strong", Augmentation.STRONG);
    private static final String WORDS = "none, light, strong, rotation, translation, zoom, brightness, contrast, noise, "
        + "flip_x, flip_y, erasing";

    private AugmentationKey() {
    }

    static Augmentation parse(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s*[,;]\\s*");
        Augmentation start = PRESETS.get(words[0]);
        Map<String, Double> values = values(start == null ? Augmentation.NONE : start);
        for (int i = start == null ? 0 : 1; i < words.length; i++) {
            change(values, words[i], text);
        }
        return new Augmentation(values.get("rotation"), values.get("translation"), values.get("zoom"), values.get("brightness"),
            values.get("contrast"), values.get("noise"), values.get("flip_x") == 1, values.get("flip_y") == 1,
            values.get("erasing"));
    }

    private static void change(Map<String, Double> values, String word, String text) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon).strip();
        boolean flag = name.startsWith("flip_");
        if (!values.containsKey(name) || flag != colon < 0) {
            throw new UsageException("augment=" + text + " cannot be read at \"" + word + "\": write one of " + WORDS
                + ", numbers after a colon, as in rotation:10,translation:0.1,flip_x.");
        }
        values.put(name, flag ? 1 : number(word.substring(colon + 1).strip(), text));
    }

    private static double number(String digits, String text) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw new UsageException("augment=" + text + " cannot be read: \"" + digits + "\" is no number with a dot.", e);
        }
    }

    static String text(Augmentation augmentation) {
        if (augmentation.equals(Augmentation.NONE)) {
            return "none";
        }
        StringJoiner list = new StringJoiner(",");
        values(augmentation).forEach((name, value) -> {
            if (value != 0) {
                list.add(name.startsWith("flip_") ? name : name + ":" + value);
            }
        });
        return list.toString();
    }

    private static Map<String, Double> values(Augmentation augmentation) {
        Map<String, Double> values = new TreeMap<>();
        values.put("rotation", augmentation.rotation());
        values.put("translation", augmentation.translation());
        values.put("zoom", augmentation.zoom());
        values.put("brightness", augmentation.brightness());
        values.put("contrast", augmentation.contrast());
        values.put("noise", augmentation.noise());
        values.put("flip_x", augmentation.flipX() ? 1.0 : 0.0);
        values.put("flip_y", augmentation.flipY() ? 1.0 : 0.0);
        values.put("erasing", augmentation.erasing());
        return values;
    }
}
