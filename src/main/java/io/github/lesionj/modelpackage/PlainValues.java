package io.github.lesionj.modelpackage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings free content of a card to what YAML of any reader knows: texts, numbers, truth values, lists, mappings. */
final class PlainValues {

    private PlainValues() {
    }

    /** Maps that have no order of their own are sorted, so that the same card gives the same bytes. */
    static Map<String, Object> of(Map<?, ?> map) {
        boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
        Map<String, Object> plain = ordered ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), of(value)));
        return plain;
    }

    private static Object of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return of(map);
        }
        if (value instanceof Iterable<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(of(item)));
            return list;
        }
        if (value instanceof Float || value instanceof Double) {
            double number = Double.parseDouble(value.toString());
            return Double.isFinite(number) ? number : null;
        }
        boolean plain = value == null || value instanceof Boolean || value instanceof Number;
        return plain ? value : value.toString();
    }
}
