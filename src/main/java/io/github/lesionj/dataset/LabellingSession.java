package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabelTable.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images of a folder that get a class one after the other: which is next, which decisions there are, what undo does. Every
 * decision stands in the table before the next image comes, so that a new session on the same table goes on with the rest.
 *
 * <p>Knows nothing of windows and keys. Not thread-safe.
 */
public final class LabellingSession {

    /** As many classes as there are number keys. */
    public static final int MOST_CLASSES = 9;
    /** In the folder, where its images are crops: {@code path,group}. */
    public static final String GROUPS = "objects.csv";

    private final List<String> classNames;
    private final LabelTable table;
    private final Map<Path, Integer> places;
    private final Map<Path, String> groups;
    private final int[] counts;
    private Set<Path> done = Set.of();
    private final List<Path> waiting = new ArrayList<>();
    private final List<RejectedItem> unreadable = new ArrayList<>();
    private final Path folder;
    private int index;

    private LabellingSession(ImageFolder listed, Path folder, List<String> classNames, LabelTable table, Map<Path, String> groups) {
        this.folder = folder;
        this.classNames = classNames;
        this.table = table;
        this.groups = groups;
        this.places = new HashMap<>();
        listed.files().forEach(file -> places.put(file, places.size()));
        this.counts = new int[classNames.size()];
        unreadable.addAll(listed.unreadable());
        readTable();
        listed.files().stream().filter(image -> !done.contains(image)).forEach(waiting::add);
    }

    private void readTable() {
        Arrays.fill(counts, 0);
        done = new HashSet<>();
        for (Row row : table.rows()) {
            List<String> labels = labels(row);
            labels.forEach(label -> counts[indexOf(classNames, label)]++);
            if (!labels.isEmpty()) {
                done.add(row.image());
            }
        }
    }

    /**
     * Begins, or goes on where the table ends.
     *
     * @param folder     of images, with all its folders
     * @param classNames one for each number key from 1; empty = those that the table has, in the order they came
     * @param file       the table
     * @throws UsageException where there are no images, no or too many classes, or the table has others
     */
    public static LabellingSession open(Path folder, List<String> classNames, Path file) {
        Path absolute = folder.toAbsolutePath().normalize();
        ImageFolder listed = ImageFolder.list(absolute);
        if (listed.files().isEmpty()) {
            throw new UsageException("There is no image in the folder " + folder + "; check input=.");
        }
        Map<Path, String> groups = groups(absolute);
        LabelTable table = LabelTable.open(file, !groups.isEmpty());
        return new LabellingSession(listed, absolute, classes(classNames, table), table, groups);
    }

    private static Map<Path, String> groups(Path folder) {
        Map<Path, String> groups = new HashMap<>();
        if (Files.exists(folder.resolve(GROUPS))) {
            LabelTable.open(folder.resolve(GROUPS), true).rows().forEach(row -> groups.put(row.image(), row.group()));
        }
        return groups;
    }

    private static List<String> classes(List<String> given, LabelTable table) {
        List<String> found = new ArrayList<>();
        for (Row row : table.rows()) {
            labels(row).stream().filter(label -> indexOf(found, label) < 0).forEach(found::add);
        }
        List<String> classes = given.isEmpty() ? found : given;
        for (String label : found) {
            if (indexOf(classes, label) < 0) {
                throw new UsageException("The table " + table.file() + " has the label \"" + label + "\", which is none of the classes "
                    + String.join(", ", classes) + ": name it in class_names, or choose another output folder.");
            }
        }
        if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
            throw new UsageException(classes.isEmpty() ? "No classes were named: give 2 to 9 of them with class_names=normal,lesion;"
                + " the number keys stand for them in that order."
                : classes.size() + " classes cannot be given by the number keys: name 2 to 9 with class_names=.");
        }
        return List.copyOf(classes);
    }

    private static List<String> labels(Row row) {
        List<String> labels = new ArrayList<>();
        for (String label : row.label().split(";")) {
            if (!label.isBlank()) {
                labels.add(label.strip());
            }
        }
        return labels;
    }

    private static int indexOf(List<String> names, String label) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).toLowerCase(Locale.ROOT).equals(label.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    public List<String> classNames() {
        return classNames;
    }

    /** The table that grows. */
    public Path table() {
        return table.file();
    }

    /** The image that waits for its class; empty when all have one. */
    public Optional<Path> current() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.get(index));
    }

    /** The image after the current one, to be read ahead; empty when there is none. */
    public Optional<Path> following() {
        return waiting.size() < 2 ? Optional.empty() : Optional.of(waiting.get((index + 1) % waiting.size()));
    }

    /** What an image is called: its path under the folder. */
    public String name(Path image) {
        return ImageFolder.name(folder, image);
    }

    /**
     * Gives the current image a class and goes to the next; when this returns it is on disk.
     *
     * @param classIndex of {@link #classNames()}
     */
    public void label(int classIndex) {
        Path image = current().orElseThrow();
        table.append(new Row(image, classNames.get(classIndex), groups.getOrDefault(image, "")));
        counts[classIndex]++;
        done.add(image);
        remove();
    }

    private void remove() {
        waiting.remove(index);
        index = waiting.isEmpty() ? 0 : index % waiting.size();
    }

    /** Leaves the current image for later; after the last one comes the first that was left. */
    public void next() {
        index = waiting.isEmpty() ? 0 : (index + 1) % waiting.size();
    }

    /** Goes back to the image before, among those without a class. */
    public void previous() {
        index = waiting.isEmpty() ? 0 : Math.floorMod(index - 1, waiting.size());
    }

    /**
     * Takes the last decision back and shows its image again, also one of an earlier session.
     *
     * @return its image; empty where there is none, or the table's last line is about an image that is not in this folder
     */
    public Optional<Path> undo() {
        if (table.last().filter(row -> places.containsKey(row.image())).isEmpty()) {
            return Optional.empty();
        }
        Path image = table.removeLast().orElseThrow().image();
        readTable();
        if (!done.contains(image) && !waiting.contains(image)) {
            int place = 0;
            while (place < waiting.size() && places.get(waiting.get(place)) < places.get(image)) {
                place++;
            }
            waiting.add(place, image);
        }
        index = Math.max(0, waiting.indexOf(image));
        return Optional.of(image);
    }

    /** Lists the current image as one that cannot be read, and goes to the next. */
    public void unreadable(String reason) {
        unreadable.add(new RejectedItem(name(current().orElseThrow()), reason));
        remove();
    }

    /** What could not be read, and why. */
    public List<RejectedItem> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Images of the folder that have a class. */
    public int done() {
        return (int) done.stream().filter(places::containsKey).count();
    }

    /** Images of the folder. */
    public int total() {
        return places.size();
    }

    /** Lines of the table for each class. */
    public int[] counts() {
        return counts.clone();
    }
}
