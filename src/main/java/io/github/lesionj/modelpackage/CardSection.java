package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A mapping within a card, read key by key; what is missing or wrong is named with its full key and the file. */
final class CardSection {

    private final Path file;
    private final String path;
    private final Map<?, ?> map;

    CardSection(Path file, String path, Map<?, ?> map) {
        this.file = file;
        this.path = path;
        this.map = map;
    }

    boolean has(String key) {
        return map.get(key) != null;
    }

    String text(String key) {
        return asText(key, required(key));
    }

    String text(String key, String missing) {
        return has(key) ? text(key) : missing;
    }

    double number(String key) {
        return asNumber(key, required(key));
    }

    double number(String key, double missing) {
        return has(key) ? number(key) : missing;
    }

    /** A number within a range, both ends included. */
    double number(String key, double missing, double least, double most) {
        double value = number(key, missing);
        if (has(key) && !(value >= least && value <= most)) {
            throw wrong(key, "is " + value + ", but must lie between " + least + " and " + most);
        }
        return value;
    }

    int positive(String key, int most) {
        double value = number(key);
        if (value != Math.rint(value) || value < 1 || value > most) {
            throw wrong(key, "must be a whole number from 1 to " + most);
        }
        return (int) value;
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        String value = text(key);
        for (E constant : type.getEnumConstants()) {
            if (spelled(constant).equals(value.toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return constant;
            }
        }
        throw wrong(key, "is \"" + value + "\", but must be one of "
            + String.join(", ", Arrays.stream(type.getEnumConstants()).map(CardSection::spelled).toList()));
    }

    /** An enum's constant as the card writes it. */
    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    CardSection section(String key) {
        if (required(key) instanceof Map<?, ?> section) {
            return new CardSection(file, path + key + ".", section);
        }
        throw wrong(key, "must be a mapping");
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(key)) {
            texts.add(asText(key, item));
        }
        return texts;
    }

    double[] numbers(String key) {
        return has(key) ? list(key).stream().mapToDouble(item -> asNumber(key, item)).toArray() : new double[0];
    }

    List<CardSection> sections(String key) {
        List<CardSection> sections = new ArrayList<>();
        for (Object item : list(key)) {
            if (!(item instanceof Map<?, ?> section)) {
                throw wrong(key, "must be a list of mappings");
            }
            sections.add(new CardSection(file, path + key + ".", section));
        }
        return sections;
    }

    Map<String, String> textMap(String key) {
        CardSection section = section(key);
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : section.keys()) {
            texts.put(name, section.text(name));
        }
        return texts;
    }

    /** Free content: plain values, lists and mappings. */
    Map<String, Object> free(String key) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (has(key)) {
            CardSection section = section(key);
            for (String name : section.keys()) {
                values.put(name, section.map.get(name));
            }
        }
        return values;
    }

    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (Object key : map.keySet()) {
            if (!(key instanceof String name)) {
                throw wrong(String.valueOf(key), "must be put in quotes to be a key");
            }
            keys.add(name);
        }
        return keys;
    }

    private List<?> list(String key) {
        if (required(key) instanceof List<?> list) {
            return list;
        }
        throw wrong(key, "must be a list");
    }

    private Object required(String key) {
        Object value = map.get(key);
        if (value == null) {
            throw new UsageException("The model card " + file + " lacks the key " + path + key + "; add it.");
        }
        return value;
    }

    private String asText(String key, Object value) {
        if (value instanceof String || value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        throw wrong(key, "holds " + kind(value) + " where a text is wanted; put it in quotes");
    }

    private double asNumber(String key, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(key, "must be a finite number");
    }

    private static String kind(Object value) {
        if (value instanceof Boolean) {
            return "the truth value " + value;
        }
        if (value instanceof Number) {
            return "the number " + value;
        }
        return value instanceof Map ? "a mapping" : value instanceof List ? "a list" : "something else";
    }

    UsageException wrong(String key, String why) {
        return new UsageException("In the model card " + file + " the key " + path + key + " " + why + ".");
    }
}
