package io.github.lesionj.dataset;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table {@code path,label[,group][,site][,split]}: paths relative to the table, several labels with {@code ;}. Columns may
 * stand in any order, others are passed over, their names are read without regard to case.
 * Where items have several labels, {@code none} alone says that an item has none of the classes.
 */
final class CsvSetReader implements LabelledSetReader {

    @Override
    public boolean knows(Path path) {
        return Files.isRegularFile(path) && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        Collector collector = new Collector(path);
        Csv.each(path, collector::take);
        return collector.collect(naming);
    }

    /** Where each column stands, -1 = nowhere. */
    private record Columns(int path, int label, int group, int site, int split) {

        static Columns of(List<String> header, Path file) {
            List<String> names = header.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
            for (String needed : List.of("path", "label")) {
                if (!names.contains(needed)) {
                    throw new UsageException("The table " + file + " has no column \"" + needed + "\" (it has "
                        + String.join(", ", names) + "): its first line must be path,label, and may go on with group, site, split.");
                }
            }
            return new Columns(names.indexOf("path"), names.indexOf("label"), names.indexOf("group"), names.indexOf("site"),
                names.indexOf("split"));
        }
    }

    /** One row that can be used, its labels not yet resolved. */
    private record Entry(int line, String name, Path file, Set<String> labels, String group, String site, String split) {
    }

    private static final class Collector {

        private final Path table;
        private final Path folder;
        private final Map<Path, Entry> entries = new HashMap<>();
        /** One object for each word that many rows have: 100,000 rows have few groups, sites and labels. */
        private final Map<Object, Object> words = new HashMap<>();
        private Columns columns;
        private final List<Entry> order = new ArrayList<>();
        private final List<RejectedItem> rejected = new ArrayList<>();

        Collector(Path table) {
            this.table = table;
            this.folder = table.toAbsolutePath().getParent();
        }

        void take(Csv.Row row) {
            if (columns == null) {
                columns = Columns.of(row.fields(), table);
            } else {
                add(row);
            }
        }

        @SuppressWarnings("unchecked")
        private <T> T shared(T word) {
            return (T) words.computeIfAbsent(word, same -> same);
        }

        private void add(Csv.Row row) {
            String path = field(row, columns.path);
            Set<String> labels = labels(field(row, columns.label));
            if (path.isEmpty()) {
                reject("line " + row.line(), row, "no path");
                return;
            }
            ListedPath listed = ListedPath.of(path, folder);
            if (labels.isEmpty()) {
                reject(listed.name(), row, "no label");
            } else if (!listed.exists()) {
                reject(listed.name(), row, "no such file");
            } else {
                keep(new Entry(row.line(), listed.name(), listed.file(), shared(labels), shared(field(row, columns.group)),
                    shared(field(row, columns.site)), shared(field(row, columns.split))), row);
            }
        }

        private void keep(Entry entry, Csv.Row row) {
            Entry earlier = entries.putIfAbsent(entry.file, entry);
            if (earlier == null) {
                order.add(entry);
                return;
            }
            String lines = " on line " + earlier.line + " and on line " + entry.line + " of " + table;
            if (!earlier.labels.equals(entry.labels)) {
                throw new UsageException(entry.name + " has different labels" + lines
                    + ": correct one, or write both into one row with ; between them if both are true.");
            }
            if (!earlier.split.equalsIgnoreCase(entry.split)) {
                throw new UsageException(entry.name + " is in two splits" + lines + ": keep it in one of them.");
            }
            reject(entry.name, row, "listed on line " + earlier.line + " already");
        }

        private void reject(String name, Csv.Row row, String reason) {
            rejected.add(new RejectedItem(name, reason + " (line " + row.line() + ")"));
        }

        LabelledSet collect(ClassNaming naming) {
            if (columns == null) {
                throw new UsageException("The table " + table + " is empty: it needs the header path,label and a row per image.");
            }
            Predicate<String> isClass = noneIsNoClass(naming) ? label -> !label.equalsIgnoreCase(LabelTable.NONE) : label -> true;
            Set<String> labels = new LinkedHashSet<>();
            order.forEach(entry -> entry.labels.stream().filter(isClass).forEach(labels::add));
            ClassNaming.Classes classes = naming.resolve(labels, table.toString());
            List<LabelledItem> items = order.stream().map(entry -> item(entry, isClass, classes)).toList();
            return new LabelledSet(table.toString(), items, classes.names(), Labels.kind(items, classes.names()), rejected);
        }

        private boolean noneIsNoClass(ClassNaming naming) {
            List<Set<String>> several = order.stream().map(Entry::labels).filter(labels -> labels.size() > 1).distinct().toList();
            return (naming.several() || !several.isEmpty()) && naming.given().stream().noneMatch(LabelTable.NONE::equalsIgnoreCase)
                && several.stream().flatMap(Set::stream).noneMatch(LabelTable.NONE::equalsIgnoreCase);
        }

        private LabelledItem item(Entry entry, Predicate<String> isClass, ClassNaming.Classes classes) {
            Set<Integer> indices = new HashSet<>();
            entry.labels.stream().filter(isClass).forEach(label -> indices.add(classes.index(label)));
            return new LabelledItem(entry.name, new ItemSource.File(entry.file), shared(Set.copyOf(indices)), entry.group, entry.site, entry.split);
        }

        private static String field(Csv.Row row, int column) {
            return column < 0 || column >= row.fields().size() ? "" : row.fields().get(column).strip();
        }

        private static Set<String> labels(String field) {
            Set<String> labels = new LinkedHashSet<>();
            for (String label : field.split(";")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
            return labels;
        }
    }
}
