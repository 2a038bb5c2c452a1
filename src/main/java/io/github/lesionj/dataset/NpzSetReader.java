package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Npy;
import io.github.lesionj.core.NpyType;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An {@code .npz} as MedMNIST lays it out (Yang et al. 2023, 10.1038/s41597-022-01721-8): for each split {@code S} the arrays
 * {@code S_images}, uint8, (N, H, W) or (N, H, W, 3), and {@code S_labels}, whole numbers (N) or (N, 1), or 0 and 1 in (N, K)
 * for K labels that may be true at once. Entries are unpacked as they are read.
 */
final class NpzSetReader implements LabelledSetReader {

    private static final String IMAGES = "_images.npy";
    private static final String LABELS = "_labels.npy";

    @Override
    public boolean knows(Path path) {
        return Files.isRegularFile(path) && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            Map<String, LabelTable> labels = labels(zip, path);
            List<String> names = classNames(labels, naming, path);
            List<LabelledItem> items = new ArrayList<>();
            for (Map.Entry<String, LabelTable> entry : labels.entrySet()) {
                if (split.isEmpty() || split.equalsIgnoreCase(entry.getKey())) {
                    items.addAll(items(zip, path, entry.getKey(), entry.getValue()));
                }
            }
            if (items.isEmpty()) {
                throw new UsageException("The data set " + path + " has no split \"" + split + "\": it has "
                    + String.join(", ", labels.keySet()) + ".");
            }
            boolean multi = labels.values().stream().anyMatch(LabelTable::multiLabel);
            LabelKind kind = multi ? LabelKind.MULTI_LABEL : Labels.kind(List.of(), names);
            return new LabelledSet(path.toString(), items, names, kind, List.of());
        } catch (IOException e) {
            throw new UsageException("Cannot read " + path + ": " + WholeFile.reason(e) + ". Is it a whole .npz file?", e);
        }
    }

    private static Map<String, LabelTable> labels(ZipFile zip, Path path) throws IOException {
        Map<String, LabelTable> labels = new LinkedHashMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().endsWith(LABELS)) {
                String split = entry.getName().substring(0, entry.getName().length() - LABELS.length());
                labels.put(split, new LabelTable(array(zip, entry.getName(), path), path + "#" + split));
            }
        }
        if (labels.isEmpty()) {
            throw new UsageException("The file " + path + " is not laid out as MedMNIST: it has no train_images and "
                + "train_labels (it has " + zip.stream().map(ZipEntry::getName).limit(8).collect(Collectors.joining(", ")) + ").");
        }
        return labels;
    }

    private static Npy array(ZipFile zip, String name, Path path) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new UsageException("The file " + path + " is not laid out as MedMNIST: it has no " + name + ".");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Npy.read(in, path + "/" + name);
        }
    }

    private static List<String> classNames(Map<String, LabelTable> labels, ClassNaming naming, Path path) {
        int classes = labels.values().stream().mapToInt(LabelTable::classes).max().orElse(0);
        List<String> numbers = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        boolean multi = labels.values().stream().anyMatch(LabelTable::multiLabel);
        if (multi && !naming.given().isEmpty() && naming.given().size() != classes) {
            throw new UsageException("The labels of " + path + " have " + classes + " columns, but " + naming.given().size()
                + " classes are named (" + String.join(", ", naming.given()) + "): name one class per column.");
        }
        // By position and never by name: the numbers of an npz are indices.
        if (classes > naming.given().size() && !naming.given().isEmpty()) {
            throw new UsageException("The label " + (classes - 1) + " of " + path + " has no name: there are "
                + naming.given().size() + " classes (" + String.join(", ", naming.given())
                + "), counted from 0. Give a name to every class.");
        }
        return naming.given().isEmpty() ? numbers : naming.given();
    }

    private static List<LabelledItem> items(ZipFile zip, Path path, String split, LabelTable labels) throws IOException {
        ImageArray images = images(array(zip, split + IMAGES, path), path + "#" + split);
        if (images.size() != labels.size()) {
            throw new UsageException("The split " + path + "#" + split + " has " + images.size() + " images but " + labels.size()
                + " labels: make the file again.");
        }
        String prefix = path.getFileName() + "#" + split + "/";
        return IntStream.range(0, images.size()).mapToObj(i -> new LabelledItem(prefix + i, new ItemSource.Pixels(images, i),
            labels.of(i), "", "", split)).toList();
    }

    private static ImageArray images(Npy array, String where) {
        int[] shape = array.shape();
        boolean colour = shape.length == 4 && (shape[3] == 3 || shape[3] == 1);
        if (shape.length != 3 && !colour) {
            throw new UsageException("The arrays of " + where + " are no images: their shape is " + Arrays.toString(shape)
                + ", but images are [N, height, width] or [N, height, width, 3].");
        }
        if (array.type() != NpyType.UINT8) {
            throw new UsageException("The images of " + where + " are " + array.type().description()
                + ", but 8 bit without sign (uint8) is needed: save them again with astype(numpy.uint8).");
        }
        if (Arrays.stream(shape).anyMatch(length -> length == 0)) {
            throw new UsageException("The split " + where + " holds no image: its shape is " + Arrays.toString(shape) + ".");
        }
        return new ImageArray(array.bytes(), shape[2], shape[1], colour ? shape[3] : 1);
    }

    /** The labels of one split. */
    private static final class LabelTable {

        private final Npy array;
        private final int rows;
        private final int columns;
        private final String where;

        LabelTable(Npy array, String where) {
            int[] shape = array.shape();
            if (shape.length != 1 && shape.length != 2) {
                throw new UsageException("The labels of " + where + " have the shape " + Arrays.toString(shape)
                    + ", but (N), (N, 1) or (N, K) is needed.");
            }
            this.array = array;
            this.rows = shape[0];
            this.columns = shape.length == 2 ? shape[1] : 1;
            this.where = where;
        }

        int size() {
            return rows;
        }

        boolean multiLabel() {
            return columns > 1;
        }

        int classes() {
            return multiLabel() ? columns : IntStream.range(0, rows).map(row -> number(row) + 1).max().orElse(0);
        }

        Set<Integer> of(int row) {
            if (!multiLabel()) {
                return Set.of(number(row));
            }
            Set<Integer> labels = new HashSet<>();
            for (int column = 0; column < columns; column++) {
                int value = number(row * columns + column);
                if (value > 1) {
                    throw new UsageException("A label of " + where + " is " + value
                        + ", but labels in several columns are 0 (no) or 1 (yes).");
                }
                if (value == 1) {
                    labels.add(column);
                }
            }
            return labels;
        }

        private int number(int index) {
            double value = array.value(index);
            if (!(value >= 0 && value < 1_000_000) || value != Math.rint(value)) {
                throw new UsageException("A label of " + where + " is " + value + ", but labels are whole numbers from 0.");
            }
            return (int) value;
        }
    }
}
