package io.github.lesionj.dataset;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The classes of the objects in label images, from a table {@code path,object,label} beside them: the path of the label image
 * under its folder, the value of the object, its class. A name without a folder will do where there is one label image of that
 * name. Immutable.
 */
public final class ObjectTable {

    /** Its file. */
    public static final String NAME = "classes.csv";

    private record Key(String path, int object) {
    }

    private final Path folder;
    private final Map<Key, String> classes = new HashMap<>();

    private ObjectTable(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads {@value #NAME}.
     *
     * @param folder of the label images
     * @throws UsageException where a line does not say of which object it speaks, or two lines differ about one
     */
    public static ObjectTable read(Path folder) {
        Path table = folder.resolve(NAME);
        List<Csv.Row> rows = Csv.rows(table);
        if (rows.isEmpty() || !rows.get(0).fields().stream().map(String::strip).toList().equals(List.of("path", "object", "label"))) {
            throw new UsageException("The table " + table + " needs the header path,object,label and a line for each object.");
        }
        Map<String, List<String>> byName = ImageFolder.list(folder).files().stream().map(file -> ImageFolder.name(folder, file))
            .collect(Collectors.groupingBy(ObjectTable::bareName));
        ObjectTable read = new ObjectTable(folder);
        rows.subList(1, rows.size()).forEach(row -> read.add(row, byName, table));
        return read;
    }

    private void add(Csv.Row row, Map<String, List<String>> byName, Path table) {
        String where = "Line " + row.line() + " of " + table;
        if (row.fields().size() != 3 || !row.fields().get(1).strip().matches("\\d{1,7}")) {
            throw new UsageException(where + " is not path,object,label with a whole number for the object.");
        }
        String path = resolved(parts(row.fields().get(0)), byName, where);
        String label = row.fields().get(2).strip();
        String earlier = classes.putIfAbsent(new Key(path, Integer.parseInt(row.fields().get(1).strip())), label);
        if (earlier != null && !earlier.equals(label)) {
            throw new UsageException(where + " says that object " + row.fields().get(1).strip() + " of " + path + " is " + label
                + ", but an earlier line says " + earlier + ": correct one of them.");
        }
    }

    private static String resolved(String path, Map<String, List<String>> byName, String where) {
        List<String> found = byName.getOrDefault(path, List.of());
        if (found.isEmpty() || found.contains(path)) {
            return path;
        }
        if (found.size() > 1) {
            throw new UsageException(where + " names " + path + ", but there are " + String.join(" and ", found)
                + ": write the path with its folder.");
        }
        return found.get(0);
    }

    /** With {@code /}, without {@code ./}. */
    private static String parts(String path) {
        return Arrays.stream(path.strip().replace('\\', '/').split("/")).filter(part -> !part.isEmpty() && !part.equals("."))
            .collect(Collectors.joining("/"));
    }

    private static String bareName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The class of an object, or empty where the table says nothing of it.
     *
     * @param labelImage in the folder
     * @param value      of the object's pixels
     */
    public String of(Path labelImage, int value) {
        return classes.getOrDefault(new Key(ImageFolder.name(folder, labelImage), value), "");
    }
}
